import { describe, expect, test } from 'vitest'
import type { PodContent } from '../scene/scene.ts'
import { podTexts } from './pod-texts.ts'

const pod: PodContent = {
  kind: 'pod',
  ref: { kind: 'Pod', namespace: 'default', name: 'nginx-7c5ddbdf54-zwx27' },
  role: 'app',
  size: 'line',
  address: '172.31.239.228',
  ports: [80, 80, 443, 8443],
  rows: [],
}

describe('a Pod’s card', () => {
  test.each([
    {
      what: 'of one line',
      size: 'line',
      width: 211,
      name: 'nginx-…-zwx27',
      beside: '.239.228',
      under: undefined,
      ports: '',
    },
    {
      what: 'of one wide line',
      size: 'line',
      width: 320,
      name: 'nginx-7c5ddbdf54-zwx27',
      beside: '172.31.239.228',
      under: undefined,
      ports: '',
    },
    {
      what: 'in full',
      size: 'full',
      width: 211,
      name: 'nginx-7c5ddbdf54-zwx27',
      beside: undefined,
      under: '172.31.239.228',
      ports: ':80 :443',
    },
    {
      what: 'as a chip',
      size: 'chip',
      width: 56,
      name: 'zwx27',
      beside: undefined,
      under: '.228',
      ports: '',
    },
    {
      what: 'as a chip of the path, too narrow for the whole address',
      size: 'chip',
      width: 102,
      name: 'zwx27',
      beside: undefined,
      under: '.239.228',
      ports: '',
    },
    {
      what: 'as a wide chip of the path',
      size: 'chip',
      width: 110,
      name: 'zwx27',
      beside: undefined,
      under: '172.31.239.228',
      ports: '',
    },
  ] as const)('$what says $name, $beside, $under', ({ size, width, name, beside, under, ports }) => {
    expect(podTexts({ ...pod, size }, width)).toMatchObject({ name, beside, under, ports })
  })
  test('says its state in place of its address', () => {
    expect(podTexts({ ...pod, status: 'Terminating' }, 320).beside).toBe('Terminating')
  })
  test('keeps an IPv6 address whole', () => {
    expect(podTexts({ ...pod, address: 'fd00::1' }, 211).beside).toBe('fd00::1')
  })
})
