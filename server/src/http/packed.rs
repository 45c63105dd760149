//! Answers in gzip. What phones are sent is deflated already and stands in base64url: looking for
//! repetitions in it costs the server as much as all the rest of a page and finds none. So a long
//! run of such letters becomes a block of its own, in which each letter takes the six bits that
//! it is worth; everything else is deflated as usual.

use std::io::Write as _;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// A body below this is sent as it is.
const WORTH_IT: usize = 512;

/// A run of letters below this is deflated with what stands around it.
const LONG: usize = 4 * 1024;

const LEVEL: Compression = Compression::new(2);

/// Whether a client takes gzip.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|offer| {
        let mut words = offer.split(';').map(str::trim);
        let is_gzip = words.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        is_gzip && !words.any(|word| word.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)))
    })
}

/// The body in gzip, if that is worth it.
pub(super) fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    if body.len() < WORTH_IT {
        return None;
    }
    let mut out = Vec::with_capacity(body.len());
    // Deflate, without a name or a time; an unknown system.
    out.extend([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
    let mut rest = body;
    while let Some((before, run, after)) = next_run(rest) {
        deflate(before, &mut out);
        letters(run, &mut out);
        rest = after;
    }
    deflate(rest, &mut out);
    // An empty last block.
    out.extend([3, 0]);
    let mut sum = Crc::new();
    sum.update(body);
    out.extend(sum.sum().to_le_bytes());
    out.extend(sum.amount().to_le_bytes());
    Some(out)
}

/// The first long run of letters, and what stands around it.
fn next_run(body: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut from = 0;
    for run in body.split(|byte| CODES[usize::from(*byte)].length == 0) {
        if run.len() >= LONG {
            let (before, rest) = body.split_at(from);
            let (run, after) = rest.split_at(run.len());
            return Some((before, run, after));
        }
        from += run.len() + 1;
    }
    None
}

fn deflate(text: &[u8], out: &mut Vec<u8>) {
    if text.is_empty() {
        return;
    }
    let mut encoder = DeflateEncoder::new(std::mem::take(out), LEVEL);
    encoder.write_all(text).and_then(|()| encoder.flush()).expect("writing to memory does not fail");
    *out = std::mem::take(encoder.get_mut());
}

/// One block of letters alone (RFC 1951, 3.2.7), and the way to the end of its last byte.
fn letters(run: &[u8], out: &mut Vec<u8>) {
    let mut bits = Bits { out, held: 0, count: 0 };
    // Not the last block; a code of its own.
    bits.put(0b100, 3);
    // 257 lengths of letters and 1 of distances; 19 lengths of lengths, in their odd order:
    // 0 takes one bit, 6 and 7 take two.
    bits.put(0, 5);
    bits.put(0, 5);
    bits.put(15, 4);
    for length in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
        bits.put(
            match length {
                0 => 1,
                6 | 7 => 2,
                _ => 0,
            },
            3,
        );
    }
    for code in CODES.iter().chain([&Code { length: 0, bits: 0 }]) {
        match code.length {
            6 => bits.put(0b01, 2),
            7 => bits.put(0b11, 2),
            _ => bits.put(0, 1),
        }
    }
    for letter in run {
        let code = CODES[usize::from(*letter)];
        bits.put(code.bits.into(), code.length.into());
    }
    bits.put(CODES[END].bits.into(), CODES[END].length.into());
    // An empty block of plain bytes begins with the next byte.
    bits.put(0, 3);
    bits.finish();
    out.extend([0, 0, 0xff, 0xff]);
}

struct Bits<'o> {
    out: &'o mut Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        if self.count >= 32 {
            self.out.extend(((self.held & 0xffff_ffff) as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    fn finish(self) {
        let bytes = self.count.div_ceil(8) as usize;
        self.out.extend(&self.held.to_le_bytes()[..bytes]);
    }
}

/// How a letter stands in a block, its first bit lowest.
#[derive(Clone, Copy)]
struct Code {
    length: u8,
    bits: u8,
}

/// The sign that ends a block.
const END: usize = 256;

/// 63 letters take six bits; what is left of them is shared by the last letter and the end.
const CODES: [Code; 257] = codes();

const fn codes() -> [Code; 257] {
    let mut codes = [Code { length: 0, bits: 0 }; 257];
    let (mut sign, mut next) = (0, 0_u8);
    while sign < 256 {
        let letter = sign as u8;
        if letter.is_ascii_alphanumeric() || letter == b'-' || letter == b'_' {
            // The last in their order is `z`.
            let length = if letter == b'z' { 7 } else { 6 };
            let bits = if letter == b'z' { next << 1 } else { next };
            codes[sign] = Code { length, bits: bits.reverse_bits() >> (8 - length) };
            next += 1;
        }
        sign += 1;
    }
    codes[END] = Code { length: 7, bits: 0x7f };
    codes
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use axum::http::HeaderValue;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use flate2::read::GzDecoder;

    use super::*;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut body = Vec::new();
        GzDecoder::new(packed).read_to_end(&mut body).expect("gzip");
        body
    }

    /// Bytes in which nothing repeats.
    fn chance(count: usize) -> Vec<u8> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn what_is_packed_is_the_same_again() {
        let run = |length| "zAz_-09aZ".repeat(length).into_bytes();
        let text = "{\"data\": {\"name\": \"Müller \\n\"}}".repeat(40).into_bytes();
        for parts in [
            vec![text.clone()],
            vec![run(1_000)],
            vec![text.clone(), run(455), text.clone()],
            vec![run(1_000), b"\"".to_vec(), run(2_000), text.clone(), run(100)],
            vec![text, run(10_000)],
        ] {
            let body = parts.concat();
            assert_eq!(unpacked(&gzip(&body).expect("it is worth it")), body);
        }
    }

    #[test]
    fn every_length_of_a_run_ends_well() {
        for length in LONG..LONG + 20 {
            let body = vec![b'z'; length];
            assert_eq!(unpacked(&gzip(&body).expect("it is worth it")), body, "{length}");
        }
    }

    #[test]
    fn what_base64_takes_is_given_back() {
        let bytes = chance(150_000);
        let body = format!(r#"{{"data":{{"syncPull":"{}"}}}}"#, URL_SAFE_NO_PAD.encode(&bytes));
        let packed = gzip(body.as_bytes()).expect("it is worth it");
        assert!(packed.len() < bytes.len() * 101 / 100, "{}", packed.len());
        assert_eq!(unpacked(&packed), body.as_bytes());
    }

    #[test]
    fn a_short_answer_is_left_as_it_is() {
        assert_eq!(gzip(br#"{"data":null}"#), None);
    }

    #[test]
    fn gzip_is_taken_by_those_who_say_so() {
        let table = [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("*", true),
            ("identity", false),
            ("gzip;q=0", false),
            ("br", false),
        ];
        for (accepted, expected) in table {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            assert_eq!(is_wanted(&headers), expected, "{accepted}");
        }
        assert!(!is_wanted(&HeaderMap::new()));
    }
}
