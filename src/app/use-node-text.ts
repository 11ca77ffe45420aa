import { useEffect, useState } from 'react'
import type { NodeText, OwnedText } from '../sim/node-text.ts'
import { useApp } from './use-app.ts'
import { useLab } from './use-lab.ts'

/** The node's rules or connections as their tools print them, asked anew after every change and every trace; undefined until they come. */
export function useNodeText(kind: NodeText, node: string): OwnedText | undefined {
  const lab = useLab()
  const revision = useApp((state) => state.snapshot.revision)
  const trace = useApp((state) => state.trace)
  const [answer, setAnswer] = useState<{ readonly of: string; readonly owned: OwnedText }>()
  const of = `${kind} ${node}`
  useEffect(() => {
    let isGone = false
    lab.nodeText(node, kind).then(
      (owned) => {
        if (!isGone) setAnswer({ of, owned })
      },
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [lab, kind, node, of, revision, trace])
  return answer?.of === of ? answer.owned : undefined
}
