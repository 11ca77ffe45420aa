/** English texts of the dialog that shows Ingresses as HTTPRoutes. ICU MessageFormat. */
export const routes = {
  'routes.title': 'This cluster’s Ingresses as HTTPRoutes',
  'routes.retired':
    'ingress-nginx is retired: announced on 11 November 2025, its last releases came on 19 March 2026, and it gets no more fixes, not even for security. What runs goes on running. The Ingress API stays (v1, frozen). The step that Kubernetes advises is the Gateway API.',
  'routes.waiting': 'Writing the manifests, and asking both routers …',
  'routes.none': 'No Ingress here is one that ingress-nginx takes.',
  'routes.manifests': 'The manifests, as ingress2gateway maps them',
  'routes.take': 'Open as a tab',
  'routes.class':
    'A GatewayClass says who carries a Gateway out, as an IngressClass did. The tab has one before these, so that this cluster’s controller does. Nothing is applied yet.',
  'routes.differences': 'What will answer differently',
  'routes.same': 'Of everything that was asked, both routers answered the same.',
  'routes.kind.differs': 'Answered differently',
  'routes.kind.not-converted': 'Not carried over',
  'routes.kind.written-out': 'Kept, because the manifests say what nginx did by itself',
  'routes.example': 'Request',
  'routes.byIngress': 'ingress-nginx',
  'routes.byGateway': 'the HTTPRoute',
  'routes.byPlain': 'a plain HTTPRoute',
  'routes.answer.no-listener': 'nobody listens on that port',
  'routes.answer.no-certificate': 'the handshake fails: no listener has the name',
  'routes.answer.not-modelled': 'not modelled',
  'routes.topic.regex-letter-case':
    '{about} turns every path of the host into a pattern, blind to letter case. Paths of an HTTPRoute are not.',
  'routes.topic.regex-prefix':
    '{about} makes patterns that are open at their end: they fit longer words too. A PathPrefix takes whole elements.',
  'routes.topic.regex-exact': 'Beside {about} an Exact path of the host is no longer exact.',
  'routes.topic.regex-order':
    '{about} puts the whole host into regex mode, where the longer pattern text comes first.',
  'routes.topic.rewrite':
    'The path that the Pod gets is rewritten by {about}; a path modifier replaces the prefix or all of it.',
  'routes.topic.rewrite-groups':
    'rewrite-target {about} takes parts of the path along. No path modifier can, so it is not written.',
  'routes.topic.slash-redirect': 'Where only the final slash of {about} is missing nginx answers 301.',
  'routes.topic.tls-redirect':
    'nginx sends http to https with 308 for {about}, because it has TLS. A Gateway does so only where a rule says it.',
  'routes.topic.redirect': 'A redirect: {about}.',
  'routes.topic.wildcard-labels':
    '{about}: in an Ingress “*” stands for one label, in an HTTPRoute for one or more.',
  'routes.topic.https-without-tls':
    '{about} has no tls section: nginx serves https for it all the same, with its own certificate. A Gateway has no https listener for it.',
  'routes.topic.certificate':
    '{about}: nginx serves https even where the Secret is missing or unusable, with its own certificate. A listener without a certificate is not programmed.',
  'routes.topic.backend-unresolved':
    '{about}: the Service, or its port by that number, is not there. nginx answers 503 or finds the port by its targetPort; an HTTPRoute answers 500.',
  'routes.topic.merged-by-age':
    '{about}: of Ingresses that share a host nginx merges by age; Routes are ranked by host and path.',
  'routes.topic.annotation': '{about} has no counterpart in the Gateway API’s standard channel.',
  'routes.topic.resource-backend': '{about} leads to a resource backend, which nginx skips too.',
  'routes.topic.one-address-each':
    'ingress-nginx has one address for all namespaces; these are {about} Gateways, each with an address of its own.',
  'routes.topic.other': '{about} is answered differently.',
}
