import { expect, test } from 'vitest'
import { applyChapterFile, chapterLab } from '../../sim/trace/chapter-lab.fixture.ts'
import { appliedBetween, nothingApplied } from './applied.ts'

test('five replicas that become three change their Service, and two Pods are gone', () => {
  const lab = chapterLab()
  const before = lab.snapshot()
  applyChapterFile(lab, 'nginx-deploy.yaml', (text) => text.replace('replicas: 5', 'replicas: 3'))
  const { changed, added, gone } = appliedBetween(before, lab.snapshot())
  expect([...changed]).toEqual(['Service/default/nginx'])
  expect(added.size).toBe(0)
  expect([...gone].map((key) => key.replace(/-[a-z0-9]+-[a-z0-9]+$/, ''))).toEqual([
    'Pod/default/nginx',
    'Pod/default/nginx',
  ])
})

test('a cluster to which nothing was applied is the same', () => {
  expect(appliedBetween(chapterLab().snapshot(), chapterLab().snapshot())).toEqual(nothingApplied)
})
