import type { timeline as en } from '../en/timeline.ts'

/** Chinese texts of the timeline. */
export const timeline: Readonly<Record<keyof typeof en, string>> = {
  'timeline.first': '第一步',
  'timeline.back': '后退一步',
  'timeline.play': '播放',
  'timeline.pause': '暂停',
  'timeline.forward': '前进一步',
  'timeline.last': '最后一步',
  'timeline.speed': '速度：{speed}',
  'timeline.step': '第 {step} 步，共 {count} 步',
  'timeline.noStep': '还没有步骤',
  'timeline.playhead': '播放头',
  'timeline.stepText': '第 {step} 步，共 {count} 步：{label}',
  'timeline.empty': '点击发送后，请求的每一步都列在这里，每次交换占一行。',
}
