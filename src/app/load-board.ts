import { loadEnglish } from '../i18n/language.ts'

/** Loads what stands round the stage: not needed for the first picture, with its texts; wanted by the first Send. */
export async function loadBoard() {
  const [board] = await Promise.all([import('./Board.tsx'), loadEnglish()])
  return board
}
