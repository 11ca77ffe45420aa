/** Ingress controllers and Gateways: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const edgeHops = {
  'ingress-proxy': [
    'server {server}, {location} → {upstream}',
    'Exact host first, then the longest prefix. The request goes to {pod} at its own address: no ClusterIP on this leg.',
    'location',
  ],
  'ingress-next': [
    'no answer: {pod} is next',
    'The first choice did not answer, so nginx asks its balancer again (proxy_next_upstream): {pod} at {endpoint} is next.',
    'next',
  ],
  'ingress-not-modelled': [
    'not modelled',
    'The Ingress asks for something that Podpath does not model, so where the request goes is not known.',
    '?',
  ],
  'ingress-refused-config': [
    'nginx refuses the configuration',
    'What the Ingresses come to together is no configuration that nginx takes. It goes on with the one before, endpoints included, until that is mended; where this request goes is not known here.',
    '?',
  ],
  'ingress-body-too-large': [
    '{status}: the body is too large',
    'The body is larger than client_max_body_size (proxy-body-size). The controller itself answers {status} {reason} and closes; no Pod was asked.',
    '{status}',
  ],
  'ingress-gave-up': [
    '{status} {reason}: no endpoint answered',
    'nginx tried {tries, plural, one {one endpoint} other {# endpoints}} of {upstream}, and {status, select, 504 {none answered in time} other {none took the connection}}. The controller itself answers {status} {reason}; the application has not spoken.',
    '{status}',
  ],
  'ingress-bad-host': [
    '{status}: bad Host header',
    'nginx refuses the Host header and answers {status} itself.',
    '{status}',
  ],
  'ingress-bad-target': [
    '{status}: bad request line',
    'nginx cannot read the path and answers {status} itself.',
    '{status}',
  ],
  'ingress-no-ingress': [
    '{status}: no Ingress has this host',
    'No Ingress names this host: server “_” takes it, and only the controller’s own {status} is behind it. No Pod was asked.',
    '{status}',
  ],
  'ingress-no-path': [
    '{status}: no Ingress has this path',
    'An Ingress has the host, but none of its paths fits. The controller itself answers {status} {reason}.',
    '{status}',
  ],
  'ingress-no-peer': [
    '{status}: every member failed',
    'Each member of the upstream has failed this request, so the controller itself answers {status} {reason}.',
    '{status}',
  ],
  'ingress-no-endpoints': [
    '{status}: nobody behind it',
    '{empty, select, noService {There is no Service {service}} noSuchPort {Service {service} has no port {port}} externalNameRefused {nginx refuses the name of Service {service}} other {{total, plural, =0 {Service {service} has no endpoint} one {The endpoint of Service {service} is not ready} other {None of the # endpoints of Service {service} is ready}}}}: upstream {upstream} is empty. The controller itself answers {status} {reason}; no Pod was asked.',
    '{status}',
  ],
  'ingress-redirect-https': [
    '{status}: to https',
    'The host has TLS, so plain http is answered with a redirect to https.',
    '{status}',
  ],
  'ingress-redirect-slash': [
    '{status}: a slash is missing',
    'Only the path with a final slash has a location: nginx redirects there.',
    '{status}',
  ],
  'ingress-redirect-annotation': [
    '{status}: redirect',
    'An annotation of the Ingress redirects this path.',
    '{status}',
  ],
  'ingress-redirect-www': [
    '{status}: to the other name',
    'An annotation of the Ingress sends www to the bare name, or the other way round.',
    '{status}',
  ],
  'ingress-app-root': [
    '{status}: app root',
    'An annotation of the Ingress sends the root elsewhere.',
    '{status}',
  ],
  'ingress-regex-too-costly': [
    '{status}: pattern too costly',
    'The pattern took more steps than PCRE2 allows; nginx answers {status}.',
    '{status}',
  ],
  'ingress-healthz': [
    '{status}: the controller’s health',
    'The controller answers its own health check.',
    '{status}',
  ],
  'ingress-nginx-status': [
    '{status}: the controller’s status',
    'The controller answers with its own status page.',
    '{status}',
  ],
  'gateway-proxy': [
    'listener {listener}, {rule} → {backend}',
    'The listener whose host name fits most closely, then the match with precedence. The request goes to {pod} at its own address: no ClusterIP on this leg.',
    'rule',
  ],
  'gateway-not-modelled': [
    'not modelled',
    'The Route or the listener asks for something that Podpath does not model, so where the request goes is not known.',
    '?',
  ],
  'gateway-no-certificate': [
    '{pod} closes: no listener for {name}',
    'No https listener of the Gateway takes the name in the ClientHello, so its proxy has no certificate to show and closes the connection.',
    'closed',
  ],
  'gateway-no-listener': [
    '{status}: no listener has this host',
    'No listener of the Gateway on this port takes the host name. The Gateway’s proxy itself answers {status} {reason}; no Pod was asked.',
    '{status}',
  ],
  'gateway-no-route': [
    '{status}: no rule fits',
    'Listener {listener} takes the host name, but no rule of a Route attached to it fits the request. The Gateway’s proxy itself answers {status} {reason}.',
    '{status}',
  ],
  'gateway-misdirected': [
    '{status}: another listener’s host',
    'The TLS handshake named one listener’s host, the Host header another’s. The Gateway’s proxy itself answers {status} {reason}.',
    '{status}',
  ],
  'gateway-redirect': [
    '{status}: to {url}',
    'A filter of the rule {rule} sends the client elsewhere: {url}. No Pod was asked.',
    '{status}',
  ],
  'gateway-no-backend': [
    '{status}: the rule has no backend',
    'The rule {rule} has no backendRefs with a weight. The Gateway’s proxy itself answers {status} {reason}.',
    '{status}',
  ],
  'gateway-unresolved-backend': [
    '{status}: {backend} does not resolve',
    'The backend {backend} is not there, not of a kind that can be used, or in a namespace that no ReferenceGrant opens. The Gateway’s proxy itself answers {status} {reason}.',
    '{status}',
  ],
  'gateway-no-endpoints': [
    '{status}: nobody behind {backend}',
    'The Service {backend} has no ready endpoint. The Gateway’s proxy itself answers {status} {reason}.',
    '{status}',
  ],
} satisfies HopTexts
