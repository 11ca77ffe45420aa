/** Looking a name up: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const nameHops = {
  'read-resolver-list': [
    '{name}: the search list comes first',
    '{name} has {dots, plural, =0 {no dot} one {# dot} other {# dots}}, fewer than ndots {ndots}: {flavour} tries the search list first, name by name.',
    'search list',
  ],
  'read-resolver-burst': [
    '{name}: all search domains at once',
    '{name} has no dot: {flavour} asks for it with every search domain in one burst, and never as it stands. It does not read ndots.',
    'search list',
  ],
  'read-resolver-absolute': [
    '{name}: asked as it stands',
    '{flavour} asks for {name} as typed: {why, select, dots {it has as many dots as ndots asks for, {ndots}.} noList {there is no search list here.} finalDot {it ends in a dot.} other {this program adds no search domain.}}',
    'as typed',
  ],
  ask: [
    '{types} {name}',
    'The question goes to the name server {server}, a Service address: {types} {name}',
    '{types}',
  ],
  'ask-racing': [
    '{types} at the same moment',
    'The fault that is switched on: another CPU of {node} takes {types} before the first question’s connection stands in conntrack, so nat is asked once more.',
    '{types}',
  ],
  'answer-missing': [
    'no answer to {types} for {seconds} s',
    'The other answer is there. The resolver cannot know that {types} was lost on the way, so it waits {seconds} s before it asks again.',
    '{seconds} s',
  ],
  'dns-found': [
    '{rcode} {data}',
    'CoreDNS has the record: {name} is {data}, for {ttl} seconds. The {plugin} plugin answered, in {pod}.',
    '{rcode}',
  ],
  'dns-empty': [
    '{rcode}, no record',
    'The name {name} exists, but it has no record of this type.',
    '{rcode}',
  ],
  'dns-failed': [
    '{rcode} {name}',
    'CoreDNS answers {rcode} for {name}: the {plugin} plugin decided.',
    '{rcode}',
  ],
  'dns-not-modelled': [
    '{name}: not modelled',
    'The Corefile sends this question to a plugin that Podpath does not model, so the answer is not known.',
    '?',
  ],
  'resolved-hosts': [
    '{name} is in /etc/hosts',
    '/etc/hosts has {name}: {address}. No name server was asked.',
    '/etc/hosts',
  ],
  'resolved-found': [
    '{name} is {address}',
    'The first name that exists ends the search: {name} is {address}.',
    '{address}',
  ],
  'resolved-reply': [
    '{rcode} reaches the client',
    'The program prints the last reply as it came: {rcode}.',
    '{rcode}',
  ],
  'resolved-not-found': [
    '{name}: no such name',
    'Every name of the list failed: {name} does not exist.',
    'not found',
  ],
  'resolved-try-again': [
    '{name}: try again later',
    'The resolver gives up on {name}: a name server failed or kept silent. That says nothing about the name itself.',
    'no answer',
  ],
  'resolved-no-data': ['{name}: no address', 'The name {name} exists, but it has no address.', 'no address'],
  'resolved-illegal': [
    '{name} is not a legal name',
    '{name} cannot be asked for: {flaw, select, labelTooLong {a label is longer than 63 octets} nameTooLong {it is longer than 253 octets} notAscii {glibc in the C locale takes ASCII alone; write it as xn--} other {a label is empty}}. No question leaves.',
    'not legal',
  ],
  'ask-outside': [
    'A? {name}',
    'The laptop asks its resolver for {name}. Outside the cluster no search list is added.',
    'A?',
  ],
  'found-outside': [
    '{name} is {address}',
    'Outside the cluster {name} is known: a DNSEndpoint says {address}.',
    '{address}',
  ],
  'unknown-outside': [
    'No DNS knows {name}',
    'The laptop knows the names of DNSEndpoints alone, so no packet leaves. The address, with a Host header, would do.',
    'NXDOMAIN',
  ],
} satisfies HopTexts
