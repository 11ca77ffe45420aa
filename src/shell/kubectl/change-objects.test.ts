import { describe, expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

describe('kubectl apply', () => {
  test('says what became of each object', () => {
    const type = openTerminal()
    expect(type('kubectl apply -f /opt/web.yaml').stdout).toBe('service/web created\n')
    expect(type('kubectl apply -f /opt/web.yaml').stdout).toBe('service/web unchanged\n')
    expect(type('cat /opt/web.yaml | grep -v nothing | kubectl apply -f -').stdout).toBe(
      'service/web unchanged\n',
    )
  })

  test.each([
    { line: 'kubectl apply -f /opt/none.yaml', stderr: 'error: the path "/opt/none.yaml" does not exist\n' },
    {
      line: "echo 'a: \"b' > /tmp/q.yaml; kubectl apply -f /tmp/q.yaml",
      stderr:
        'error: error parsing /tmp/q.yaml: error converting YAML to JSON: yaml: line 2: found unexpected end of stream\n',
    },
    { line: 'kubectl apply', stderr: 'error: must specify one of -f and -k\n' },
    {
      line: 'echo > /tmp/e.yaml; kubectl apply -f /tmp/e.yaml',
      stderr: 'error: no objects passed to apply\n',
    },
    {
      line: "echo '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31999, ports: [{port: 80, nodePort: 31999}]}}' > /tmp/h.yaml; kubectl apply -f /tmp/h.yaml",
      stderr:
        'Error from server (InternalError): error when creating "/tmp/h.yaml": Internal error occurred: failed to allocate requested HealthCheck NodePort 31999: provided port is already allocated\n',
    },
    {
      line: 'kubectl apply -f /opt/nginx-nodeport.yaml',
      stderr:
        'error: error validating "/opt/nginx-nodeport.yaml": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false\n',
    },
    {
      line: "echo '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selectors: {a: b}, ports: [{port: 80}]}}' > /tmp/s.yaml; kubectl apply -f /tmp/s.yaml",
      stderr:
        'Error from server (BadRequest): error when creating "/tmp/s.yaml": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.selectors"\n',
    },
    {
      line: "echo '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 0}]}}' | kubectl apply -f -",
      stderr:
        'The Service "s" is invalid: spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n',
    },
    {
      line: "echo '{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: nope}}' | kubectl apply -f -",
      stderr: 'Error from server (NotFound): error when creating "STDIN": namespaces "nope" not found\n',
    },
  ])('$line', ({ line, stderr }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout: '', stderr, exitCode: 1 })
  })
})

describe('kubectl apply --dry-run', () => {
  test.each([
    { how: 'client', said: 'service/nginx configured (dry run)' },
    { how: 'server', said: 'service/nginx unchanged (server dry run)' },
  ])('=$how says what would be, and does nothing', ({ how, said }) => {
    const type = openTerminal()
    expect(type(`kubectl apply -f /opt/web.yaml --dry-run=${how}`).stdout).toMatch(/^service\/web created \(/)
    expect(type('kubectl get svc web').exitCode).toBe(1)
    expect(type(`kubectl apply -f /opt/cluster.yaml --dry-run=${how}`).stdout).toContain(`${said}\n`)
  })
})

describe('kubectl patch', () => {
  test.each([
    { line: 'kubectl patch svc nginx --patch-file /opt/nginx-nodeport.yaml', type: 'NodePort' },
    { line: 'kubectl patch svc nginx -p \'{"spec":{"type":"NodePort"}}\'', type: 'NodePort' },
    { line: 'kubectl patch svc nginx -p "spec: {type: NodePort}"', type: 'NodePort' },
    {
      line: 'kubectl patch svc nginx --type merge -p \'{"metadata":{"labels":{"a":"b"}}}\'',
      type: 'ClusterIP',
    },
    {
      line: 'kubectl patch svc nginx --type=json -p \'[{"op":"replace","path":"/spec/ports/0/port","value":8080}]\'',
      type: 'ClusterIP',
    },
  ])('$line', ({ line, type }) => {
    const terminal = openTerminal()
    expect(terminal(line)).toMatchObject({ stdout: 'service/nginx patched\n', stderr: '', exitCode: 0 })
    expect(terminal('kubectl get svc nginx -o jsonpath={.spec.type}').stdout).toBe(type)
    expect(terminal(line).stdout).toBe('service/nginx patched (no change)\n')
  })

  test.each([
    {
      line: 'kubectl patch svc nope -p \'{"spec":{}}\'',
      stderr: 'Error from server (NotFound): services "nope" not found\n',
    },
    {
      line: 'kubectl patch svc nginx',
      stderr: 'error: must specify --patch or --patch-file containing the contents of the patch\n',
    },
    {
      line: "kubectl patch svc nginx --type=foo -p '{}'",
      stderr: 'error: --type must be one of [json merge strategic], not "foo"\n',
    },
    {
      line: "kubectl patch svc nginx -p '{bad'",
      stderr:
        "Error from server (BadRequest): invalid character 'b' looking for beginning of object key string\n",
    },
    {
      line: 'kubectl patch svc nginx --type=json -p \'[{"op":"remove","path":"/spec/selector/none"}]\'',
      stderr: 'The request is invalid: the server rejected our request due to an error in our request\n',
    },
  ])('$line', ({ line, stderr }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout: '', stderr, exitCode: 1 })
  })
})

describe('kubectl scale', () => {
  test('changes how many Pods there are', () => {
    const type = openTerminal()
    expect(type('kubectl scale deploy nginx --replicas=4').stdout).toBe('deployment.apps/nginx scaled\n')
    expect(type('kubectl get pods -l app=nginx -o name | wc -l').stdout).toBe('4\n')
  })

  test.each([
    {
      line: 'kubectl scale deploy nope --replicas=1',
      stderr: 'error: no objects passed to scale deployments.apps "nope" not found\n',
    },
    { line: 'kubectl scale deploy nginx', stderr: 'error: required flag(s) "replicas" not set\n' },
    {
      line: 'kubectl scale deploy nginx --current-replicas=7 --replicas=1',
      stderr: 'error: Expected replicas to be 7, was 2\n',
    },
    {
      line: 'kubectl scale svc/nginx --replicas=2',
      stderr: 'Error from server (NotFound): the server could not find the requested resource\n',
    },
  ])('$line', ({ line, stderr }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout: '', stderr, exitCode: 1 })
  })
})

describe('kubectl delete', () => {
  test.each([
    {
      line: 'kubectl delete svc/nginx deploy/nginx',
      stdout: 'service "nginx" deleted\ndeployment.apps "nginx" deleted\n',
      stderr: '',
      exitCode: 0,
    },
    {
      line: 'kubectl delete pods pod nope',
      stdout: 'pod "pod" deleted\n',
      stderr: 'Error from server (NotFound): pods "nope" not found\n',
      exitCode: 1,
    },
    { line: 'kubectl delete svc -l app=none', stdout: 'No resources found\n', stderr: '', exitCode: 0 },
    { line: 'kubectl delete svc nope --ignore-not-found', stdout: '', stderr: '', exitCode: 0 },
    {
      line: 'kubectl delete pod',
      stdout: '',
      stderr: 'error: resource(s) were provided, but no name was specified\n',
      exitCode: 1,
    },
    {
      line: 'kubectl delete -f /opt/web.yaml',
      stdout: '',
      stderr: 'Error from server (NotFound): error when deleting "/opt/web.yaml": services "web" not found\n',
      exitCode: 1,
    },
  ])('$line', ({ line, stdout, stderr, exitCode }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout, stderr, exitCode })
  })

  test('of a file lets the file wait again', () => {
    const type = openTerminal()
    type('kubectl apply -f /opt/web.yaml')
    expect(type('kubectl delete -f /opt/web.yaml').stdout).toBe('service "web" deleted\n')
    expect(type('kubectl get svc web').exitCode).toBe(1)
  })
})

describe('kubectl exec', () => {
  test.each([
    { line: 'kubectl exec pod -c pod -- hostname', stdout: 'pod\n', stderr: '', exitCode: 0 },
    {
      line: 'kubectl exec pod -- true',
      stdout: '',
      stderr: 'Defaulted container "pod" out of: pod, side\n',
      exitCode: 0,
    },
    {
      line: 'kubectl exec pod -c pod -- sh -c "echo a; exit=3; false"',
      stdout: 'a\n',
      stderr: 'command terminated with exit code 1\n',
      exitCode: 1,
    },
    {
      line: 'kubectl exec -ti pod -c pod -- cat /none',
      stdout: "cat: can't open '/none': No such file or directory\n",
      stderr: 'command terminated with exit code 1\n',
      exitCode: 1,
    },
    { line: 'echo hi | kubectl exec -i pod -c pod -- cat', stdout: 'hi\n', stderr: '', exitCode: 0 },
    { line: 'echo hi | kubectl exec pod -c pod -- cat', stdout: '', stderr: '', exitCode: 0 },
    {
      line: 'kubectl exec nope -- ls',
      stdout: '',
      stderr: 'Error from server (NotFound): pods "nope" not found\n',
      exitCode: 1,
    },
    {
      line: 'kubectl exec pod -c nope -- ls',
      stdout: '',
      stderr: 'Error from server (BadRequest): container nope is not valid for pod pod\n',
      exitCode: 1,
    },
    {
      line: 'kubectl exec pod',
      stdout: '',
      stderr: 'error: you must specify at least one command for the container\n',
      exitCode: 1,
    },
  ])('$line', ({ line, stdout, stderr, exitCode }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout, stderr, exitCode })
  })

  test('cannot run what the image has not', () => {
    const { stderr, exitCode } = openTerminal()('kubectl exec pod -c pod -- curl http://nginx')
    expect([
      exitCode,
      stderr.endsWith('exec: "curl": executable file not found in $PATH: unknown\n'),
    ]).toEqual([1, true])
  })

  test('keeps what was installed for as long as the Pod lives', () => {
    const type = openTerminal()
    type('kubectl exec pod -c pod -- apk add curl')
    expect(type('kubectl exec pod -c pod -- curl -so /dev/null -w "%{http_code}" http://nginx').stdout).toBe(
      '200',
    )
    expect(type('kubectl exec pod -c side -- curl http://nginx').exitCode).toBe(1)
  })
})
