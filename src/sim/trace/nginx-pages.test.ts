import { expect, test } from 'vitest'
import { NGINX_WELCOME, nginxPage, nginxVersionOf } from './nginx-pages.ts'

test.each([
  { image: 'nginx:1.27.2', server: 'nginx/1.27.2' },
  { image: 'docker.io/library/nginx:1.25-alpine', server: 'nginx/1.25' },
  { image: 'registry:5000/nginx:1.26.0@sha256:00', server: 'nginx/1.26.0' },
])('the image $image is $server', ({ image, server }) => {
  expect(nginxVersionOf(image)).toBe(server)
})

test.each(['nginx', 'nginx:latest', 'nginx:alpine'])('the image %s is of the newest version', (image) => {
  expect(nginxVersionOf(image)).toMatch(/^nginx\/1\.\d+\.\d+$/)
})

test('the welcome page has 615 bytes, and an ETag of its time and size', () => {
  expect(NGINX_WELCOME.page).toHaveLength(615)
  expect(NGINX_WELCOME.etag).toBe(`"${(NGINX_WELCOME.modifiedMs / 1000).toString(16)}-267"`)
})

test('a page of a status ends its lines with CR LF', () => {
  expect(nginxPage(404, 'Not Found', 'nginx/1.27.2')).toMatch(
    /^<html>\r\n<head><title>404 Not Found<\/title>/,
  )
  expect(nginxPage(404, 'Not Found', 'nginx/1.27.2').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})
