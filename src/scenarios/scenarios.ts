/** The scenarios that ship, in the order in which a menu shows them. */
import { chapter9 } from './chapter-9/chapter-9.ts'
import { gateway } from './gateway/gateway.ts'
import { production } from './production/production.ts'
import { proxyModes } from './proxy-modes/proxy-modes.ts'
import type { Scenario } from './scenario.ts'
import { twoSubnets } from './two-subnets/two-subnets.ts'

/** All scenarios. The first is the one that opens when none is named. */
export const scenarios: readonly Scenario[] = [chapter9, production, proxyModes, twoSubnets, gateway]
