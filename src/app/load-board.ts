/** Loads what stands round the stage: not needed for the first picture, wanted by the first Send. */
export const loadBoard = () => import('./Board.tsx')
