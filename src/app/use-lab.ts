/** How a component asks the lab for what is too long to stand in the store: a node's rules, its connections. */
import { createContext, useContext } from 'react'
import type { LabClient } from '../lab-worker/lab-client.ts'

/** The page's one lab. */
export const LabContext = createContext<LabClient | undefined>(undefined)

/** The lab; its answers come later. */
export function useLab(): LabClient {
  const lab = useContext(LabContext)
  if (lab === undefined) throw new Error('no LabContext above this component')
  return lab
}
