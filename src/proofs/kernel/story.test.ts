import { describe, expect, test } from 'vitest'
import { affinityStories, ageingStories } from './ageing-cases.ts'
import { openProofLab } from './cluster-text.ts'
import { conntrackStories } from './conntrack-cases.ts'
import { rationStories } from './ration-cases.ts'
import { simulatedMachines } from './simulated-machines.ts'
import { statefulStories } from './stateful-cases.ts'
import { compareStory, tally, type Machines, type Story } from './story.ts'

const { cluster } = openProofLab('')
const stories = [
  ...statefulStories(),
  ...affinityStories(),
  ...ageingStories,
  ...conntrackStories,
  ...rationStories,
]
const differences = async (story: Story, kernel: Machines) =>
  (await compareStory(story, kernel, simulatedMachines(cluster, 2))).flatMap(
    ({ difference }) => difference ?? [],
  )

describe('a story that two simulators tell by chance of their own', () => {
  test.each(stories)('$title: comes to the same', async (story) => {
    expect(await differences(story, simulatedMachines(cluster, 1))).toEqual([])
  })
})

describe('a story told by machines that do otherwise', () => {
  const like = simulatedMachines(cluster, 1)
  const datagram = 'default/web-1 saw 172.31.1.2, another port'

  test.each([
    {
      what: 'keep no port of UDP',
      title: 'UDP stickiness',
      other: { ...like, datagram: () => Promise.resolve(datagram) },
    },
    {
      what: 'let connections go with their endpoints',
      title: 'open connections',
      other: { ...like, ask: () => Promise.resolve('timed-out') },
    },
    {
      what: 'have entries for half as long',
      title: 'conntrack: closed connections',
      other: {
        ...like,
        conntrack: async (node: string) =>
          (await like.conntrack(node)).map((line) => line.replace(/ 1[12]\d /, ' 60 ')),
      },
    },
    {
      what: 'ration nothing',
      title: 'ration: fifty connections to a Service without endpoints',
      other: { ...like, burst: () => Promise.resolve('50 × port-unreachable from 192.168.61.11, ttl 64') },
    },
  ])('differs where they $what', async ({ title, other }) => {
    const story = stories.find((each) => each.title === title)
    expect(story && (await differences(story, other)).length).toBeGreaterThan(0)
  })
})

test('a tally has silence last', () => {
  expect(tally(['silence', 'reset, ttl 62', 'silence'])).toBe('1 × reset, ttl 62, 2 × silence')
})
