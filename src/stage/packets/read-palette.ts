/** The canvas reads the same tokens as the style sheets do. */
import type { Palette } from './paint-packet.ts'

/** The tokens as they are at `element` now. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    phases: {
      dns: token('--role-dns'),
      nat: token('--role-nat'),
      edge: token('--role-edge'),
      pod: token('--role-pod'),
      reply: token('--role-reply'),
      drop: token('--role-drop'),
    },
    panel: token('--surface-1'),
    onFill: token('--on-fill'),
    text: token('--text'),
    faint: token('--text-faint'),
    sans: token('--font-sans'),
    mono: token('--font-mono'),
    glow: style.colorScheme === 'light' ? 0.16 : 0.42,
  }
}
