// The idea of the product in one drawing: scores that scatter and climb along a line to a dot.
const scores = [
  [48, 372],
  [84, 384],
  [120, 338],
  [156, 352],
  [192, 300],
  [228, 318],
  [264, 262],
  [300, 270],
  [336, 218],
  [372, 236],
  [408, 176],
] as const;

export function SignInPicture() {
  return (
    <svg viewBox="0 0 520 440" focusable="false">
      <path
        d="M40 396 L456 96"
        stroke="currentColor"
        strokeOpacity="0.55"
        strokeWidth="4"
        strokeLinecap="round"
      />
      <polyline
        points={scores.map(point => point.join(',')).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeOpacity="0.35"
        strokeWidth="2"
      />
      {scores.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="6.5" fill="currentColor" />
      ))}
      <circle cx="456" cy="96" r="34" fill="#ffb45c" opacity="0.25" />
      <circle cx="456" cy="96" r="18" fill="#ffb45c" />
    </svg>
  );
}
