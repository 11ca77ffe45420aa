const PATHS = {
  play: 'M4 2.500v11l9-5.500z',
  again: 'M13 8a5 5 0 1 1-1.7-3.800M13 2v3h-3',
  chevron: 'M4 6l4 4 4-4',
  moon: 'M13 9.500A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.500z',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.500v1M8 13.500v1M1.5 8h1M13.5 8h1M3.4 3.400l.7.7M11.9 11.900l.7.7M12.6 3.400l-.7.7M4.1 11.900l-.7.7',
  screen: 'M2 3h12v8H2zM6 14h4M8 11v3',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  files: 'M4 2h5l3 3v9H4zM9 2v3h3',
} as const

interface IconProps {
  readonly of: keyof typeof PATHS
}

/** A line drawing of 16 px; the control around it has the name. */
export function Icon({ of }: IconProps) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill={of === 'play' ? 'currentColor' : 'none'}
      stroke={of === 'play' ? 'none' : 'currentColor'}
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[of]} />
    </svg>
  )
}
