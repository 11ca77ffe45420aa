/** Which texts may be names, labels and ports: k8s.io/apimachinery pkg/util/validation (1.32), with its sentences. */

/** The sentences that a text breaks; none where it is fine. */
export type NameRule = (text: string) => readonly string[]

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const labelValuePattern = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'
const qualifiedPattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'

/** Namespaces, container names, port names of a Service. */
export const dnsLabel = rule(
  63,
  label,
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
    `alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`,
)

/** Names of most objects, hosts. */
export const dnsSubdomain = rule(
  253,
  subdomain,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
    `alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`,
)

/** Names of Services. */
export const dns1035Label = rule(
  63,
  label1035,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an " +
    `alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${label1035}')`,
)

/** `*.example.com`. */
export const wildcardSubdomain = rule(
  253,
  `\\*\\.${subdomain}`,
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case " +
    "alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is " +
    `'\\*\\.${subdomain}')`,
)

/** Values of labels. */
export const labelValue = rule(
  63,
  labelValuePattern,
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
    `alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValuePattern}')`,
)

/** Keys of labels, without their prefix. */
export const labelName = rule(
  63,
  qualifiedPattern,
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. " +
    `'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedPattern}')`,
)

/** Names of container ports, and named targetPorts: IsValidPortName, RFC 6335. */
export const portName: NameRule = (text) => [
  ...(text.length > 15 ? ['must be no more than 15 characters'] : []),
  ...(/^[-a-z0-9]+$/.test(text)
    ? []
    : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(text) ? ['must not begin or end with a hyphen'] : []),
]

/** Port numbers: IsValidPortNum. */
export function portNumberProblem(port: number): string | undefined {
  return port >= 1 && port <= 65535 ? undefined : 'must be between 1 and 65535, inclusive'
}

function rule(maxLength: number, pattern: string, sentence: string): NameRule {
  const whole = new RegExp(`^(?:${pattern})$`)
  return (text) => [
    ...(text.length > maxLength ? [`must be no more than ${maxLength} characters`] : []),
    ...(text.length <= maxLength && whole.test(text) ? [] : text.length > maxLength ? [] : [sentence]),
  ]
}
