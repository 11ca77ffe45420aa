/** What two ends say to each other: TCP, UDP, SCTP, HTTP, ping: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const talkHops = {
  'held-back': [
    '{node} has no {says} left for {peer}',
    '{says} is due, and {node} does not send it: it rations its ICMP errors, and {bucket, select, host {all that it may send just now are sent} other {{peer} has had its share of them}}. The client hears nothing.',
    'held back',
  ],
  'heard-refused': [
    'connect: Connection refused',
    'The client gets {says} from {from}: connection refused.',
    'refused',
  ],
  'heard-by-sctp': [
    '{says} passed over',
    'The client’s kernel gets {says} from {from} and goes on: of ICMP’s errors only “protocol unreachable” ends an SCTP association under way. INIT is sent again.',
    'passed over',
  ],
  'sctp-init-ack': [
    '{name} answers INIT ACK',
    'A process in {name} listens on SCTP port {port}: its kernel answers INIT with INIT ACK, which carries a cookie, and remembers nothing yet.',
    'INIT ACK',
  ],
  'sctp-associated': [
    'association established',
    'The client has {says} from {from}. It sends the cookie back (COOKIE ECHO), and the other end acknowledges it (COOKIE ACK): the association is established.',
    'established',
  ],
  'sctp-abort': [
    '{name}: nobody listens on {port}',
    'INIT reached {name}, but nothing there listens on SCTP port {port}: its own kernel answers with ABORT.',
    'ABORT',
  ],
  'sctp-gave-up': [
    'no answer: timed out',
    'The client’s kernel sent INIT again eight times. After {seconds} s it gives up.',
    'timed out',
  ],
  'sctp-shutdown': [
    'SHUTDOWN',
    'The client ends the association: SHUTDOWN, SHUTDOWN ACK and SHUTDOWN COMPLETE. conntrack keeps it for some seconds more.',
    'SHUTDOWN',
  ],
  'heard-too-early': [
    '{says} too early to be heard',
    '{says} from {from} arrives while connect(2) still has the socket, for the same kernel sends it at once. Over IPv6 the error is dropped then (TcpExtLockDroppedIcmps), so the program hears nothing before the SYN is sent again, a second later.',
    'too early',
  ],
  'heard-unreachable': [
    'unreachable: {says}',
    'The client gets {says} from {from}: there is no way to the address.',
    'unreachable',
  ],
  send: ['{says} → {dst}', '{name} sends {says} to {dst}.', '{says}'],
  'syn-ack': [
    '{name} answers SYN-ACK',
    'A process in {name} listens on port {port}: its kernel answers SYN-ACK.',
    'SYN-ACK',
  ],
  connected: [
    'connected',
    'The handshake is complete. As far as the client knows it speaks with {from}.',
    'connected',
  ],
  'stray-answer': [
    '{says} of a stranger',
    '{sender} answers {name} directly, from {from}. {name} asked {asked} and waits for an answer from there, so its kernel turns this one away: on the way round the node that rewrote the question, nobody put the address back.',
    'stranger',
  ],
  reset: [
    '{name}: nobody listens on {port}',
    'The packet reached {name}, but nothing there listens on port {port}: its own kernel answers with RST.',
    'RST',
  ],
  'reset-node-port': [
    'no node port on {address}',
    '{port} is the node port of {service}, but kube-proxy does not take it on {address}. So nobody listens there, and the kernel of {name} answers with RST.',
    'RST',
  ],
  'closed-port-node-port': [
    'no node port on {address}',
    '{port} is the node port of {service}, but kube-proxy does not take it on {address}. So nobody listens there, and the kernel of {name} answers with ICMP port unreachable.',
    'port unreachable',
  ],
  'closed-port': [
    '{name}: nobody listens on {port}',
    'The datagram reached {name}, but nothing there listens on port {port}: its own kernel answers with ICMP port unreachable.',
    'port unreachable',
  ],
  'asked-again': [
    'asked again {count, plural, one {once} other {# times}}',
    'The resolver asks the same question {count, plural, one {once} other {# times}} more and gets the same.',
    'again',
  ],
  retransmit: [
    '{says} again after {seconds} s',
    'No answer came, so the client’s kernel sends {says} once more.',
    '{says} again',
  ],
  'gave-up': [
    'no answer: timed out',
    'The client’s kernel tried again after 1, 3, 7, 15, 31 and 63 seconds. After {seconds} s it gives up.',
    'timed out',
  ],
  'data-lost': [
    '{says}: no answer',
    'The connection stands, but nobody acknowledges {says} any more. The client waits and sends again, in vain.',
    'timed out',
  ],
  'answer-lost': [
    '{says}: no answer comes',
    'The request arrived and was acknowledged, but its answer never comes. After {seconds} s the client waits no longer.',
    'timed out',
  ],
  'gave-up-early': [
    'no answer: timed out',
    'No answer has come after {seconds} s, and the program waits no longer.',
    'timed out',
  ],
  'client-gone': [
    '{name} is gone',
    'The Pod that asked was deleted, and its program with it: nobody waits for an answer any more.',
    'gone',
  ],
  close: [
    'FIN',
    'Both sides close the connection. conntrack keeps it for two minutes more, as TIME_WAIT.',
    'FIN',
  ],
  'udp-taken': [
    '{name} takes it on port {port}',
    'A socket in {name} takes the datagram. What its program answers is not known.',
    'taken',
  ],
  'http-answer-annotation': [
    '{status} {reason}',
    '{pod} answers as its annotation podpath.dev/http says: {status} {reason}.',
    '{status} {reason}',
  ],
  'http-answer-image': [
    '{status} {reason}, {bytes} bytes',
    '{pod} answers as the image {image} would: {status} {reason}.',
    '{status} {reason}',
  ],
  'http-answer-nothing': [
    '{status} {reason}, assumed',
    'What the image {image} answers is not known; an empty {status} is assumed. The annotation podpath.dev/http can say it.',
    '{status} {reason}',
  ],
  'http-received': [
    '{status} {reason} reaches {name}',
    '{name} has its answer: {status} {reason}, {bytes} bytes.',
    '{status}',
  ],
  'health-check': [
    '{status} {reason}: {count, plural, =0 {no ready endpoint here} one {# ready endpoint here} other {# ready endpoints here}}',
    'kube-proxy on {node} tells load balancers whether {service} has ready endpoints on this node: {count, plural, =0 {it has none} other {it has #}}, so {status}.',
    '{status} {reason}',
  ],
  daemon: [
    '{name} on {node}: not modelled',
    '{name} took the connection. What it answers is not modelled.',
    '?',
  ],
  echo: ['echo request → {dst}', 'ping sends an ICMP echo request. ICMP has no ports.', 'echo request'],
  'echo-reply': [
    '{name} answers',
    'The kernel of {name} answers the echo request itself; no process is asked.',
    'echo reply',
  ],
  'echo-received': [
    'answer from {from}, {ms} ms',
    'The answer is back after {ms} ms, with TTL {ttl}.',
    'answered',
  ],
  'no-echo': ['no answer from {address}', 'Nobody answered. ping prints 100 % packet loss.', 'no answer'],
  'no-echo-service': [
    'no answer from {address}',
    'Nothing is broken: every rule of {name} names a protocol and a port, and ICMP has neither. A ClusterIP is a rule, not a machine.',
    'no answer',
  ],
} satisfies HopTexts
