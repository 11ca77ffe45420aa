/** Fields of the workload types (k8s.io/api apps/v1, meta/v1, 1.32), in the notation of `schema-core.ts`. */
export const appsTypes: Readonly<Record<string, string>> = {
  LabelSelector: 'matchLabels {}string; matchExpressions []LabelSelectorRequirement',
  LabelSelectorRequirement: 'key string; operator string; values []string',
  Deployment: 'spec DeploymentSpec; status any',
  DeploymentSpec:
    'replicas int32; selector LabelSelector; template PodTemplateSpec; strategy DeploymentStrategy; minReadySeconds int32; ' +
    'revisionHistoryLimit int32; paused bool; progressDeadlineSeconds int32',
  DeploymentStrategy: 'type string; rollingUpdate RollingUpdateDeployment',
  RollingUpdateDeployment: 'maxUnavailable intOrString; maxSurge intOrString',
  ReplicaSet: 'spec ReplicaSetSpec; status any',
  ReplicaSetSpec: 'replicas int32; minReadySeconds int32; selector LabelSelector; template PodTemplateSpec',
  StatefulSet: 'spec StatefulSetSpec; status any',
  StatefulSetSpec:
    'replicas int32; selector LabelSelector; template PodTemplateSpec; volumeClaimTemplates []any; serviceName string; ' +
    'podManagementPolicy string; updateStrategy any; revisionHistoryLimit int32; minReadySeconds int32; ' +
    'persistentVolumeClaimRetentionPolicy any; ordinals StatefulSetOrdinals',
  StatefulSetOrdinals: 'start int32',
  DaemonSet: 'spec DaemonSetSpec; status any',
  DaemonSetSpec:
    'selector LabelSelector; template PodTemplateSpec; updateStrategy any; minReadySeconds int32; revisionHistoryLimit int32',
}
