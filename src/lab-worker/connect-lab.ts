/** Starts the lab. */
import { answeredTrace, chapterSnapshot } from '../stage/chapter.fixture.ts'
import type { LabClient } from './lab-client.ts'

export const firstSnapshot = chapterSnapshot

/** Answers as the lab would, from texts. */
export function connectLab(): LabClient {
  const acted = () => Promise.resolve({ changed: [], diagnostics: [], snapshot: chapterSnapshot })
  const sent = () =>
    Promise.resolve({ kind: 'traced' as const, trace: answeredTrace, snapshot: chapterSnapshot })
  return {
    snapshot: () => Promise.resolve(chapterSnapshot),
    send: sent,
    resend: sent,
    check: () => Promise.resolve([]),
    apply: acted,
    patch: acted,
    remove: acted,
    removeFile: acted,
    addFile: acted,
    iptablesSave: () => Promise.resolve('*nat\nCOMMIT\n'),
    conntrack: () => Promise.resolve(''),
  }
}
