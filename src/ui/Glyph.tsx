import type { Phase } from '../sim/trace/trace.ts'
import styles from './Glyph.module.css'

interface GlyphProps {
  readonly phase: Phase
  /** CSS pixels; 12 in lists and cards. */
  readonly size?: number
}

/**
 * The shape of a role, in its colour: shape before colour, so a frame printed grey says the same. Diamond: names. Circle: Service
 * and NAT. Hexagon: edge. Rounded square: Pods. Ring: replies. Octagon with a cross: refused or dropped. A word always stands beside it.
 */
export function Glyph({ phase, size = 12 }: GlyphProps) {
  return (
    <svg
      className={styles.glyph}
      data-phase={phase}
      viewBox="0 0 12 12"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {SHAPES[phase]}
    </svg>
  )
}

const SHAPES = {
  dns: <path d="M6 0l6 6-6 6-6-6z" />,
  nat: <circle cx="6" cy="6" r="5.4" />,
  edge: <path d="M6 .2l5.2 2.9v5.8L6 11.8.8 8.9V3.1z" />,
  pod: <rect x=".8" y=".8" width="10.4" height="10.4" rx="2.4" />,
  reply: <circle cx="6" cy="6" r="4.3" className={styles.ring} />,
  drop: (
    <>
      <path d="M3.7.4h4.6l3.3 3.3v4.6l-3.3 3.3H3.7L.4 8.3V3.7z" />
      <path className={styles.cross} d="M4 4l4 4M8 4L4 8" />
    </>
  ),
} as const satisfies Readonly<Record<Phase, unknown>>
