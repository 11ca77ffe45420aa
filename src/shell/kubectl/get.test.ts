import { describe, expect, test } from 'vitest'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import { openTerminal, openTestLab } from '../terminal.fixture.ts'

/** A terminal beside more objects than the fixture has. */
function withObjects(yaml: string) {
  const lab = openTestLab()
  lab.apply(parseFile('more.yaml', yaml), yaml)
  return openTerminal('host01', lab)
}

// kubectl v1.32.5; widths, cells and order as in printers.go.
describe('kubectl get', () => {
  test('lists Services with their ports and addresses', () => {
    const type = withObjects(`
apiVersion: v1
kind: Service
metadata: { name: ext }
spec: { type: ExternalName, externalName: db.example.com }
---
apiVersion: v1
kind: Service
metadata: { name: headless }
spec: { clusterIP: None, selector: { app: nginx }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: np }
spec: { type: NodePort, clusterIP: 10.104.17.9, selector: { app: nginx, tier: web }, ports: [{ name: a, port: 80, nodePort: 31326 }, { name: b, port: 53, protocol: UDP, nodePort: 30053 }] }
`)
    expect(type('kubectl get svc -o wide').stdout).toBe(
      `NAME       TYPE           CLUSTER-IP       EXTERNAL-IP      PORT(S)                     AGE   SELECTOR
empty      ClusterIP      10.104.17.3      <none>           80/TCP                      14d   app=none
ext        ExternalName   <none>           db.example.com   <none>                      3s    <none>
headless   ClusterIP      None             <none>           80/TCP                      3s    app=nginx
nginx      ClusterIP      10.100.221.220   <none>           80/TCP                      14d   app=nginx
np         NodePort       10.104.17.9      <none>           80:31326/TCP,53:30053/UDP   3s    app=nginx,tier=web
`,
    )
  })

  test('lists Ingresses with up to three hosts', () => {
    const rule = (host: string) =>
      `{ host: ${host}, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: nginx, port: { number: 80 } } } }] } }`
    const type = withObjects(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: many }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [h1], secretName: s }]
  rules: [${['h1', 'h2', 'h3', 'h4'].map(rule).join(', ')}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: nohost }
spec: { ingressClassName: nginx, defaultBackend: { service: { name: nginx, port: { number: 80 } } } }
`)
    expect(type('kubectl get ing').stdout).toBe(
      `NAME     CLASS   HOSTS                  ADDRESS   PORTS     AGE
many     nginx   h1,h2,h3 + 1 more...             80, 443   3s
nohost   nginx   *                                80        3s
`,
    )
  })

  test('lists Endpoints, ready ones alone', () => {
    expect(openTerminal()('kubectl get ep empty nginx').stdout).toMatch(
      /^NAME {4}ENDPOINTS +AGE\nempty {3}<none> +14d\nnginx {3}\d+\.\d+\.\d+\.\d+:80,\d+\.\d+\.\d+\.\d+:80 +14d\n$/,
    )
  })

  test.each([
    {
      line: 'kubectl get nodes',
      stdout:
        'NAME     STATUS   ROLES           AGE   VERSION\nhost01   Ready    control-plane   14d   v1.32.0\nhost02   Ready    <none>          14d   v1.32.0\n',
    },
    {
      line: 'kubectl get deploy',
      stdout: 'NAME    READY   UP-TO-DATE   AVAILABLE   AGE\nnginx   2/2     2            2           14d\n',
    },
    {
      line: 'kubectl get deploy,svc nginx',
      stdout:
        'NAME                    READY   UP-TO-DATE   AVAILABLE   AGE\ndeployment.apps/nginx   2/2     2            2           14d\n\nNAME            TYPE        CLUSTER-IP       EXTERNAL-IP   PORT(S)   AGE\nservice/nginx   ClusterIP   10.100.221.220   <none>        80/TCP    14d\n',
    },
    {
      line: 'kubectl -n kube-system get svc --no-headers',
      stdout: 'kube-dns   ClusterIP   10.96.0.10   <none>   53/UDP,53/TCP   14d\n',
    },
    {
      line: 'kubectl get svc nginx -o custom-columns=NAME:.metadata.name,IP:.spec.clusterIP,X:.none',
      stdout: 'NAME    IP               X\nnginx   10.100.221.220   <none>\n',
    },
    { line: 'kubectl get svc/nginx -o name', stdout: 'service/nginx\n' },
    { line: 'kubectl get ns -o name', stdout: 'namespace/default\nnamespace/kube-system\n' },
    { line: "kubectl get svc nginx -o jsonpath='{.spec.clusterIP}'", stdout: '10.100.221.220' },
    {
      line: 'kubectl get pods -l app=nginx -o jsonpath=\'{range .items[*]}{.metadata.labels.app}{"\\n"}{end}\'',
      stdout: 'nginx\nnginx\n',
    },
    {
      line: 'kubectl get svc nginx -o yaml | grep -A2 ^..selector',
      stdout: '  selector:\n    app: nginx\n  sessionAffinity: None\n',
    },
  ])('$line', ({ line, stdout }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout, stderr: '', exitCode: 0 })
  })

  test.each([
    {
      line: 'kubectl get pod nope',
      stderr: 'Error from server (NotFound): pods "nope" not found\n',
      exitCode: 1,
    },
    {
      line: 'kubectl get ingress nope',
      stderr: 'Error from server (NotFound): ingresses.networking.k8s.io "nope" not found\n',
      exitCode: 1,
    },
    { line: 'kubectl get svc nope --ignore-not-found', stderr: '', exitCode: 0 },
    { line: 'kubectl get pods -n nope', stderr: 'No resources found in nope namespace.\n', exitCode: 0 },
    {
      line: 'kubectl get foo',
      stderr: 'error: the server doesn\'t have a resource type "foo"\n',
      exitCode: 1,
    },
    {
      line: 'kubectl get pods --foo',
      stderr: "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n",
      exitCode: 1,
    },
    {
      line: 'kubectl get pods -o',
      stderr: "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n",
      exitCode: 1,
    },
    { line: 'kubectl get pods -w', stderr: 'podpath: kubectl get -w is not simulated\n', exitCode: 1 },
    { line: 'kubectl gett pods', stderr: 'error: unknown command "gett" for "kubectl"\n', exitCode: 1 },
  ])('$line ends with $exitCode', ({ line, stderr, exitCode }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout: '', stderr, exitCode })
  })

  test('prints what it finds before it names what is not there', () => {
    expect(openTerminal()('kubectl get svc nope nginx')).toMatchObject({
      stdout:
        'NAME    TYPE        CLUSTER-IP       EXTERNAL-IP   PORT(S)   AGE\nnginx   ClusterIP   10.100.221.220   <none>        80/TCP    14d\n',
      stderr: 'Error from server (NotFound): services "nope" not found\n',
      exitCode: 1,
    })
  })
})
