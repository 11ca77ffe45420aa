import { describe, expect, test } from 'vitest'
import { imageOf } from './images.ts'

describe('an image', () => {
  test.each([
    { reference: 'nginx', shell: 'bash', curl: 'curl', wget: undefined },
    { reference: 'docker.io/library/nginx:1.27@sha256:0a', shell: 'bash', curl: 'curl', wget: undefined },
    { reference: 'nginx:1.27-alpine', shell: 'sh', curl: 'curl', wget: 'busybox-wget' },
    { reference: 'alpine', shell: 'sh', curl: undefined, wget: 'busybox-wget' },
    { reference: 'busybox:1.36', shell: 'sh', curl: undefined, wget: 'busybox-wget' },
    { reference: 'curlimages/curl:8', shell: 'sh', curl: 'curl', wget: 'busybox-wget' },
    {
      reference: 'registry.k8s.io/coredns/coredns:v1.11.3',
      shell: undefined,
      curl: undefined,
      wget: undefined,
    },
  ])('$reference', ({ reference, shell, curl, wget }) => {
    const image = imageOf(reference)
    expect([image?.shell, image?.tools['curl'], image?.tools['wget']]).toEqual([shell, curl, wget])
  })

  test('that nobody described is not guessed at', () => {
    expect(imageOf('example.com/shop/cart:v3')).toBeUndefined()
  })
})
