import { useEffect, useState } from 'react'
import type { DnsMessage } from '../sim/dns/message.ts'
import type { SentMessage } from '../sim/dns/wire-format.ts'
import { useLab } from './use-lab.ts'

/** A DNS message as it goes over the wire; undefined until it comes. */
export function useSentMessage(message: DnsMessage, transport: 'UDP' | 'TCP'): SentMessage | undefined {
  const lab = useLab()
  const [answer, setAnswer] = useState<{ readonly of: DnsMessage; readonly sent: SentMessage }>()
  useEffect(() => {
    let isGone = false
    lab.encodeDns(message, transport).then(
      (sent) => {
        if (!isGone) setAnswer({ of: message, sent })
      },
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [lab, message, transport])
  return answer?.of === message ? answer.sent : undefined
}
