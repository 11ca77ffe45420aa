/** What a location does with a request: a redirect, a page of nginx's own, or the way to an endpoint. */
import type { Origin } from '../cluster/object-ref.ts'
import type { Draw } from '../draw.ts'
import { byteText } from './byte-text.ts'
import type { ControllerConfig } from './controller-config.ts'
import { emptyResponse, ownResponse } from './error-page.ts'
import { httpDate } from './http-date.ts'
import type { Answer, LocatedRequest } from './located-request.ts'
import { respond } from './located-request.ts'
import { passOn } from './pass-on.ts'
import { clientSide } from './proxied-request.ts'
import { sizeInBytes } from './proxy-settings.ts'
import { redirectToHttps } from './redirect-to-https.ts'
import type { RespondReason, RouteOutcome } from './route-decision.ts'
import type { Location } from './virtual-server.ts'

/** Answers. `return` and `rewrite` come before the redirect to https, that before any look at endpoints. */
export function answerRequest(located: LocatedRequest, draw: Draw): Answer {
  const { found, host, request, uri } = located
  switch (found.kind) {
    case 'none':
      // No server lacks a `/`; this is what nginx would answer.
      return respond(located, 404, { kind: 'no-path', host, path: uri.path })
    case 'regex-not-modelled':
      return bare({ kind: 'not-modelled', what: 'regular-expression', pattern: found.location.path })
    case 'regex-too-costly':
      return respond(located, 500, { kind: 'regex-too-costly', pattern: found.location.path })
    case 'slash-missing': {
      const { path, annotations } = found.location
      const origin = annotations.relativeRedirects ? '' : `${request.scheme}://${host}`
      const url = `${origin}${path}${uri.query ? `?${uri.query}` : ''}`
      return respond(located, 301, { kind: 'redirect-slash', path }, url)
    }
    case 'found':
      return answerAt(located, found.location, draw)
  }
}

function answerAt(located: LocatedRequest, location: Location, draw: Draw): Answer {
  const { config, request } = located
  const { handler } = location
  const date = httpDate(request.atMs)
  switch (handler.kind) {
    case 'healthz':
      return bare({ kind: 'respond', response: emptyResponse({ date }), because: { kind: 'healthz' } })
    case 'nginx-status':
      return bare({
        kind: 'respond',
        response: ownResponse(403, { date }),
        because: { kind: 'nginx-status' },
      })
    case 'proxy': {
      const limit = location.annotations.proxy['proxy-body-size']
      // Before anything that the location does, and by the announced length (ngx_http_core_find_config_phase).
      if (byteText(request.body ?? '').length > sizeInBytes(limit))
        return respond(located, 413, { kind: 'body-too-large', limit })
      const redirected = redirectAnnotation(located, location) ?? httpsRedirect(located, location)
      if (redirected !== undefined) return redirected
      const upstream = config.upstreams.find(({ name }) => name === handler.upstream)
      if (upstream === undefined) throw new Error(`a location without its upstream ${handler.upstream}`)
      return passOn(located, location, upstream, draw)
    }
  }
}

function redirectAnnotation(located: LocatedRequest, location: Location): Answer | undefined {
  const { redirect, relativeRedirects } = location.annotations
  if (redirect === undefined) return undefined
  const absolute = redirect.url.startsWith('/') && !relativeRedirects
  const url = absolute ? `${located.request.scheme}://${located.host}${redirect.url}` : redirect.url
  return respond(located, redirect.status, { kind: 'redirect-annotation', url }, url)
}

function httpsRedirect(located: LocatedRequest, location: Location): Answer | undefined {
  const { config, request } = located
  const client = clientSide(request, config.settings)
  const redirect = redirectToHttps(config, location, { ...client, target: request.target })
  if (redirect === undefined) return undefined
  const status = config.settings.httpRedirectCode
  const because: RespondReason =
    redirect.because === 'ssl-redirect'
      ? { kind: 'redirect-https', by: redirect.because, entry: redirect.entry }
      : { kind: 'redirect-https', by: redirect.because }
  const entry = redirect.because === 'ssl-redirect' ? entryOrigin(config, redirect.entry) : []
  return { ...respond(located, status, because, redirect.url), because: entry }
}

function entryOrigin(config: ControllerConfig, name: string): readonly Origin[] {
  const server = config.servers.find(({ hostname, aliases }) => hostname === name || aliases.includes(name))
  return server?.certificate === undefined ? [] : [server.certificate.because]
}

function bare(outcome: RouteOutcome): Answer {
  return { outcome, because: [] }
}
