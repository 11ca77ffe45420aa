import { expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

// kubectl v1.32.5, describe svc: pkg/describe/describe.go, describeService.
test('a Service without endpoints is described', () => {
  expect(openTerminal()('kubectl describe svc empty').stdout).toBe(`Name:                     empty
Namespace:                default
Labels:                   <none>
Annotations:              <none>
Selector:                 app=none
Type:                     ClusterIP
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.104.17.3
IPs:                      10.104.17.3
Port:                     <unset>  80/TCP
TargetPort:               80/TCP
Endpoints:                <none>
Session Affinity:         None
Internal Traffic Policy:  Cluster
Events:                   <none>
`)
})

test('a Service’s ready endpoints are named', () => {
  expect(openTerminal()('kubectl describe service nginx | grep Endpoints').stdout).toMatch(
    /^Endpoints: {16}\d+\.\d+\.\d+\.\d+:80,\d+\.\d+\.\d+\.\d+:80\n$/,
  )
})

test('a name that is none describes those that begin with it', () => {
  expect(openTerminal()('kubectl describe svc ngi | head -1').stdout).toBe(
    'Name:                     nginx\n',
  )
})

test('another kind is said not to be simulated', () => {
  expect(openTerminal()('kubectl describe pod pod')).toMatchObject({
    stderr: 'podpath: kubectl describe pods is not simulated\n',
    exitCode: 1,
  })
})
