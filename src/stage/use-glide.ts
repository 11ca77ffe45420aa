/** Whether cards are on their way from one scene's places to another's. */
import { useEffect, useState } from 'react'
import type { Scene } from './scene/scene.ts'

const glideMs = 400

/** True for 400 ms after the scene has changed at the same width; a stage that is resized does not glide. */
export function useGlide(scene: Scene): boolean {
  const [settled, setSettled] = useState(scene)
  const gliding = settled !== scene && settled.width === scene.width
  useEffect(() => {
    if (settled === scene) return undefined
    const timer = setTimeout(() => setSettled(scene), settled.width === scene.width ? glideMs : 0)
    return () => clearTimeout(timer)
  }, [scene, settled])
  return gliding
}
