/** TLS handshakes: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const tlsHops = {
  tls: [
    'TLS for {name}: not modelled',
    'The connection stands. Whether this program speaks TLS, and with which certificate, no manifest says, so how this ends is not known.',
    'TLS',
  ],
  'tls-secret': [
    '{pod} shows the certificate of {secret}',
    'The server shows the certificate from Secret {secret}.',
    'certificate',
  ],
  'tls-fake': [
    '{pod} shows its fake certificate',
    'No Secret’s certificate is there for this name, so the controller shows the one that it made for itself.',
    'fake certificate',
  ],
  'tls-application': [
    '{pod} shows its own certificate',
    'No Secret is mounted in the Pod: assumed is a certificate that the program has made for itself.',
    'own certificate',
  ],
  'tls-verified': [
    '{client} trusts the certificate',
    'Somebody whom {client} trusts has signed it, it is in date, and it holds for {name}. The handshake ends; HTTP follows, sealed.',
    'verified',
  ],
  'tls-unverified': [
    '{client} takes the certificate unverified',
    'Nobody vouches for this certificate, but {client} was told not to care. What follows is sealed, for whoever that is.',
    'not verified',
  ],
  'tls-refused': [
    '{client} refuses the certificate: {why}',
    '{client} does not trust this certificate: {why}. It sends an alert and hangs up; no request was sent.',
    'refused',
  ],
  'tls-name-differs': [
    '{client} refuses the certificate: not for {name}',
    'The certificate can be trusted, but {name} is not among its names. The client hangs up; no request was sent.',
    'other name',
  ],
  'tls-unjudged': [
    'The certificate cannot be judged',
    'It is signed by {algorithm}, which is not modelled, so whether {client} would trust it is not known.',
    'not judged',
  ],
  'tls-to-plain': [
    '{pod} speaks plain HTTP on port {port}',
    'The program takes the ClientHello for a request that it cannot read, and answers 400 in plain HTTP.',
    'no TLS',
  ],
  'tls-wrong-version': [
    'What comes back is no TLS',
    'The client waits for a ServerHello; plain HTTP looks to it like a wrong version. Ask with http:// here.',
    'wrong version',
  ],
  'plain-to-tls': [
    '{status}: plain HTTP on a TLS port',
    '{name} waits for a ClientHello here. A plain request is answered {status} at once, whatever its host and path.',
    '{status}',
  ],
} satisfies HopTexts
