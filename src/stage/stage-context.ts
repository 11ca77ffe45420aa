/** What the cards of the stage read: the scene, and what is lit at the step shown. Changes with the step, never with a frame. */
import { createContext, useContext } from 'react'
import type { CardLook, Lighting } from './scene/lighting.ts'
import type { Scene } from './scene/scene.ts'

export interface StageState {
  readonly scene: Scene
  readonly lighting: Lighting
  /** -1 without a trace. */
  readonly step: number
}

export const StageContext = createContext<StageState | undefined>(undefined)

/** The stage around a card. */
export function useStage(): StageState {
  const stage = useContext(StageContext)
  if (stage === undefined) throw new Error('no StageContext above this component')
  return stage
}

/** How a card looks now. */
export function useCardLook(id: string): CardLook {
  return useStage().lighting.cards.get(id) ?? { state: 'idle', phase: undefined }
}
