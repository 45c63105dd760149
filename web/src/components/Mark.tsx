// The mark of Aimline: a line that rises from where a child is to the dot where the team aims.
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="9" fill="var(--brand)" />
      <path
        d="M6.5 24.5 L20.5 12.2"
        stroke="var(--on-brand)"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx="24" cy="9" r="4" fill="light-dark(#ffb45c, #b8560a)" />
    </svg>
  );
}
