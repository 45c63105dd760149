// Where somebody was in the console when they left it for their agency's own sign-in. It stays in
// this tab: what an address says is not believed.
const key = 'aimline.place';

export function leaveFrom(place: string): void {
  sessionStorage.setItem(key, place);
}

/** The place, once; the first page where there is none. */
export function placeLeft(): string {
  const place = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return place ?? '/';
}
