/** Who serves a request: an ingress controller or a Gateway's proxy passes it on, everything else answers itself. */
import type { Pod } from '../cluster/objects.ts'
import { hopText } from '../phrase.ts'
import { passThroughGateway } from './gateway-leg.ts'
import { answerHealthCheck } from './health-check-answer.ts'
import { answerHttp, answerPlainOnTls } from './http-application.ts'
import { tellAnswered, type Serve, type Served } from './http.ts'
import { proxyRequest } from './ingress-leg.ts'
import { latencyOf } from './pod-latency.ts'
import type { Run } from './run.ts'
import { isGatewayProxy, isIngressController, podSubject, subjectOfAddress } from './subjects.ts'
import type { Connection } from './tcp-connection.ts'
import { podOfSocket } from './tell-socket.ts'
import type { HttpRequest } from './trace.ts'

/** Serves a request as the program at the connection's end would. */
export const serve: Serve = (run, exchange, connection, request) => {
  const pod = podOfSocket(run, connection.server.socket)
  if (pod === undefined) return serveItself(run, exchange, connection, request)
  if (isGatewayProxy(pod)) return passThroughGateway(run, exchange, connection, pod, request, serveItself)
  return isIngressController(pod)
    ? proxyRequest(run, exchange, connection, pod, request, serveItself)
    : serveItself(run, exchange, connection, request)
}

/** What asks nobody else: a Pod's own program, or a daemon of a node. */
const serveItself: Serve = (run, exchange, connection, request) => {
  const pod = podOfSocket(run, connection.server.socket)
  if (pod !== undefined) return serveApplication(run, exchange, connection, pod, request)
  const response = answerHealthCheck(run, exchange, connection, request)
  return response === undefined ? tellDaemon(run, exchange, connection) : { response, isKnown: true }
}

/** A node's other daemons speak TLS, or answer what only they know. */
function tellDaemon(run: Run, exchange: number, connection: Connection): 'not-modelled' {
  const { socket, host, local } = connection.server
  tellAnswered(run, exchange, connection, {
    subject: subjectOfAddress(run.world.cluster(), local.address),
    ...hopText('daemon', { name: socket.owner.replace('node/', ''), node: host }),
    basis: 'not-modelled',
    phase: 'drop',
  })
  return 'not-modelled'
}

function serveApplication(
  run: Run,
  exchange: number,
  connection: Connection,
  pod: Pod,
  request: HttpRequest,
): Served {
  const { port } = connection.server.local
  const wantsTls = pod.listens.some((each) => each.port === port && each.protocol === 'TLS')
  if (wantsTls && connection.tls === undefined) return refusePlain(run, exchange, connection, pod)
  const answer = answerHttp(pod, port, request, run.world.now())
  const { response } = answer
  const latency = latencyOf(pod)
  run.world.passed(latency)
  const values = {
    pod: pod.ref.name,
    status: response.status,
    reason: response.reason,
    bytes: response.body.length,
    image: answer.image,
  }
  tellAnswered(run, exchange, connection, {
    subject: podSubject(pod),
    ...hopText(`http-answer-${answer.told}`, values),
    basis: answer.basis,
    message: { kind: 'http-response', response },
    origins: [
      {
        object: pod.ref,
        paths:
          answer.told === 'annotation'
            ? [['metadata', 'annotations', 'podpath.dev/http']]
            : [['spec', 'containers', 0, 'image']],
      },
    ],
  })
  return { response, isKnown: true }
}

/** A program that waits for a ClientHello answers a plain request in plain. */
function refusePlain(run: Run, exchange: number, connection: Connection, pod: Pod): Served {
  const response = answerPlainOnTls(pod, run.world.now())
  tellAnswered(run, exchange, connection, {
    subject: podSubject(pod),
    ...hopText('plain-to-tls', { name: pod.ref.name, status: response.status }),
    basis: 'assumed',
    message: { kind: 'http-response', response },
    origins: [{ object: pod.ref, paths: [['metadata', 'annotations', 'podpath.dev/listen']] }],
  })
  return { response, isKnown: true }
}
