import { expect, test } from 'vitest'
import type { ProbeAnswer } from '../sim/gateway/probe-answers.ts'
import { answerText, pathOfUrl } from './answer-text.ts'

test.each<{ answer: ProbeAnswer; says: string | undefined }>([
  { answer: { kind: 'answer', status: 200, backend: 'nginx', target: '/api' }, says: '200 → nginx' },
  { answer: { kind: 'answer', status: 200, backend: 'nginx', target: '/' }, says: '200 → nginx /' },
  { answer: { kind: 'answer', status: 308, location: 'https://h/api' }, says: '308 → https://h/api' },
  { answer: { kind: 'answer', status: 404 }, says: '404' },
  { answer: { kind: 'none', why: 'no-listener' }, says: undefined },
])('an answer reads $says', ({ answer, says }) => {
  expect(answerText(answer, '/api')).toBe(says)
})

test('the path of an address is what follows its host', () => {
  expect(pathOfUrl('https://web.example.com/a?b=1')).toBe('/a?b=1')
  expect(pathOfUrl('https://web.example.com')).toBe('/')
})
