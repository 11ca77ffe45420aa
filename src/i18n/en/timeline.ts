/** English texts of the timeline. ICU MessageFormat. */
export const timeline = {
  'timeline.first': 'First step',
  'timeline.back': 'One step back',
  'timeline.play': 'Play',
  'timeline.pause': 'Pause',
  'timeline.forward': 'One step forward',
  'timeline.last': 'Last step',
  'timeline.speed': 'Speed: {speed}',
  'timeline.step': 'Step {step} of {count}',
  'timeline.noStep': 'No steps yet',
  'timeline.playhead': 'Playhead',
  'timeline.stepText': 'Step {step} of {count}: {label}',
  'timeline.empty': 'Press Send, and every step of the request stands here, a lane for each exchange.',
} as const
