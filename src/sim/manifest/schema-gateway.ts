/** Fields of the Gateway API's own types, in the notation of `schema-core.ts`: gateway.networking.k8s.io/v1, standard channel of v1.6. */
export const gatewayTypes: Readonly<Record<string, string>> = {
  GatewayClass: 'spec GatewayClassSpec; status any',
  GatewayClassSpec: 'controllerName string; parametersRef any; description string',
  Gateway: 'spec GatewaySpec; status any',
  GatewaySpec:
    'gatewayClassName string; listeners []Listener; addresses []GatewayAddress; infrastructure GatewayInfrastructure; ' +
    'allowedListeners any; tls any; defaultScope string',
  GatewayAddress: 'type string; value string',
  GatewayInfrastructure: 'labels {}string; annotations {}string; parametersRef GatewayParametersReference',
  GatewayParametersReference: 'group string; kind string; name string',
  Listener:
    'name string; hostname string; port int32; protocol string; tls ListenerTLSConfig; allowedRoutes AllowedRoutes',
  ListenerTLSConfig: 'mode string; certificateRefs []SecretObjectReference; options {}string',
  SecretObjectReference: 'group string; kind string; name string; namespace string',
  AllowedRoutes: 'namespaces RouteNamespaces; kinds []RouteGroupKind',
  RouteNamespaces: 'from string; selector LabelSelector',
  RouteGroupKind: 'group string; kind string',
  HTTPRoute: 'spec HTTPRouteSpec; status any',
  HTTPRouteSpec:
    'parentRefs []ParentReference; hostnames []string; rules []HTTPRouteRule; useDefaultGateways string',
  ParentReference: 'group string; kind string; namespace string; name string; sectionName string; port int32',
  HTTPRouteRule:
    'name string; matches []HTTPRouteMatch; filters []HTTPRouteFilter; backendRefs []HTTPBackendRef; timeouts HTTPRouteTimeouts; ' +
    'retry any; sessionPersistence any',
  HTTPRouteMatch:
    'path HTTPPathMatch; headers []HTTPHeaderMatch; queryParams []HTTPQueryParamMatch; method string',
  HTTPPathMatch: 'type string; value string',
  HTTPHeaderMatch: 'type string; name string; value string',
  HTTPQueryParamMatch: 'type string; name string; value string',
  HTTPRouteTimeouts: 'request string; backendRequest string',
  HTTPRouteFilter:
    'type string; requestHeaderModifier HTTPHeaderFilter; responseHeaderModifier HTTPHeaderFilter; ' +
    'requestMirror HTTPRequestMirrorFilter; requestRedirect HTTPRequestRedirectFilter; urlRewrite HTTPURLRewriteFilter; ' +
    'extensionRef any; cors any; externalAuth any',
  HTTPHeaderFilter: 'set []HTTPHeader; add []HTTPHeader; remove []string',
  HTTPHeader: 'name string; value string',
  HTTPRequestMirrorFilter: 'backendRef BackendObjectReference; percent int32; fraction Fraction',
  Fraction: 'numerator int32; denominator int32',
  BackendObjectReference: 'group string; kind string; name string; namespace string; port int32',
  HTTPRequestRedirectFilter:
    'scheme string; hostname string; path HTTPPathModifier; port int32; statusCode int32',
  HTTPURLRewriteFilter: 'hostname string; path HTTPPathModifier',
  HTTPPathModifier: 'type string; replaceFullPath string; replacePrefixMatch string',
  HTTPBackendRef:
    'group string; kind string; name string; namespace string; port int32; weight int32; filters []HTTPRouteFilter',
  ReferenceGrant: 'spec ReferenceGrantSpec; status any',
  ReferenceGrantSpec: 'from []ReferenceGrantFrom; to []ReferenceGrantTo',
  ReferenceGrantFrom: 'group string; kind string; namespace string',
  ReferenceGrantTo: 'group string; kind string; name string',
}
