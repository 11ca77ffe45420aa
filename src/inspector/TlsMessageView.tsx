import { useText } from '../i18n/use-text.ts'
import type { Certificate } from '../sim/tls/certificate.ts'
import { printAlternativeNames, printCertificateTime, printName } from '../sim/tls/print-certificate.ts'
import type { Message } from '../sim/trace/trace.ts'
import { Fact, FactList } from './FactList.tsx'
import { Section } from './Section.tsx'

type TlsMessage = Extract<Message, { kind: `tls-${string}` }>

/** What a handshake's packet says: the ClientHello's names, the certificates, an alert. */
export function TlsMessageView({ message }: { readonly message: TlsMessage }) {
  switch (message.kind) {
    case 'tls-client-hello':
      return <ClientHelloView message={message} />
    case 'tls-certificate':
      return <CertificatesView message={message} />
    case 'tls-alert':
      return <AlertView message={message} />
  }
}

function ClientHelloView({
  message,
}: {
  readonly message: Extract<TlsMessage, { kind: 'tls-client-hello' }>
}) {
  const text = useText()
  const { serverName, offered } = message
  return (
    <Section title="ClientHello">
      <FactList>
        <Fact name={text('inspector.tls.serverName')}>
          {serverName ?? text('inspector.tls.noServerName')}
        </Fact>
        <Fact name="ALPN">{offered.length === 0 ? text('inspector.tls.noAlpn') : offered.join(', ')}</Fact>
      </FactList>
    </Section>
  )
}

function AlertView({ message }: { readonly message: Extract<TlsMessage, { kind: 'tls-alert' }> }) {
  const text = useText()
  return (
    <Section title={text('inspector.tls.alert')}>
      <FactList>
        <Fact name={String(message.code)}>{message.name}</Fact>
      </FactList>
    </Section>
  )
}

/** The server's own certificate with where it comes from, then those that it sent along. */
function CertificatesView({
  message,
}: {
  readonly message: Extract<TlsMessage, { kind: 'tls-certificate' }>
}) {
  const text = useText()
  const { chain, from } = message.shown
  const [own, ...others] = chain
  return (
    <>
      <Section title={text('inspector.tls.certificate')}>
        <FactList>
          <CertificateFacts certificate={own} />
          <Fact name={text('inspector.tls.from')}>
            {from.kind === 'secret'
              ? `Secret ${from.secret.namespace}/${from.secret.name}`
              : text(`inspector.tls.from.${from.kind}`)}
          </Fact>
          {message.alpn !== undefined && <Fact name="ALPN">{message.alpn}</Fact>}
        </FactList>
      </Section>
      {others.map((certificate) => (
        <Section key={certificate.serial} title={text('inspector.tls.along')}>
          <FactList>
            <CertificateFacts certificate={certificate} />
          </FactList>
        </Section>
      ))}
    </>
  )
}

function CertificateFacts({ certificate }: { readonly certificate: Certificate }) {
  const text = useText()
  const isOwn = printName(certificate.subject) === printName(certificate.issuer)
  return (
    <>
      <Fact name={text('inspector.tls.subject')}>{printName(certificate.subject, ', ') || '–'}</Fact>
      <Fact name={text('inspector.tls.names')}>{printAlternativeNames(certificate) || '–'}</Fact>
      <Fact name={text('inspector.tls.issuer')}>
        {isOwn ? text('inspector.tls.itself') : printName(certificate.issuer, ', ')}
      </Fact>
      <Fact name={text('inspector.tls.valid')}>
        {printCertificateTime(certificate.notBeforeMs)} –
        <br />
        {printCertificateTime(certificate.notAfterMs)}
      </Fact>
      <Fact name={text('inspector.tls.key')}>
        {certificate.key}, {certificate.signatureAlgorithm}
      </Fact>
      <Fact name={text('inspector.tls.serial')}>{certificate.serial}</Fact>
    </>
  )
}
