/** The pages of the stock nginx image (nginx/nginx docs/html/index.html, src/http/ngx_http_special_response.c). */

/** The version of an image without a tag, the newest when this was written; assumed. */
const LATEST = '1.29.3'

/** The `Server` header of an image: its tag's version, else the newest. */
export function nginxVersionOf(image: string): string {
  const tag = /:(\d+\.\d+(?:\.\d+)?)/.exec(image)?.[1]
  return `nginx/${tag ?? LATEST}`
}

/** nginx's own page for a status, its line ends CR LF. */
export function nginxPage(status: number, text: string, server: string): string {
  return [
    '<html>',
    `<head><title>${status} ${text}</title></head>`,
    '<body>',
    `<center><h1>${status} ${text}</h1></center>`,
    `<hr><center>${server}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n')
}

/** The page for plain HTTP on a TLS port (its status 497). */
export function plainHttpPage(server: string): string {
  const title = '400 The plain HTTP request was sent to HTTPS port'
  const text = '<center>The plain HTTP request was sent to HTTPS port</center>'
  return nginxPage(400, 'Bad Request', server)
    .replace('<title>400 Bad Request</title>', `<title>${title}</title>`)
    .replace('<hr>', `${text}\r\n<hr>`)
}

const page = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

/** The welcome page: 615 bytes since 1.21. The file's time is assumed; the ETag follows from time and size as nginx makes it. */
export const NGINX_WELCOME = welcome(page, 1_761_667_200_000)

function welcome(text: string, modifiedMs: number) {
  const etag = `"${Math.floor(modifiedMs / 1000).toString(16)}-${text.length.toString(16)}"`
  return { page: text, modifiedMs, etag } as const
}
