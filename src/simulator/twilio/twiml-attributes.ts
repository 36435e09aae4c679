/**
 * Which attributes the elements we execute may have; what is not listed is warned of (12200). From the types of the carrier's own library, version 6.2.0 (`twilio/lib/twiml/VoiceResponse.d.ts`).
 */
export const KNOWN_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Connect: ['action', 'method'],
  Stream: [
    'url',
    'name',
    'track',
    'statusCallback',
    'statusCallbackMethod',
    'connectorName',
    'audioFormat',
    'sampleRate',
  ],
  Parameter: ['name', 'value'],
  Say: ['voice', 'language', 'loop'],
  Play: ['loop', 'digits'],
  Pause: ['length'],
  Gather: [
    ...['input', 'action', 'method', 'timeout', 'speechTimeout', 'maxSpeechTime', 'numDigits', 'finishOnKey', 'hints'],
    ...['language', 'speechModel', 'enhanced', 'profanityFilter', 'bargeIn', 'actionOnEmptyResult', 'debug'],
    ...['partialResultCallback', 'partialResultCallbackMethod'],
  ],
  Dial: [
    ...['action', 'method', 'timeout', 'timeLimit', 'callerId', 'answerOnBridge', 'hangupOnStar', 'record', 'ringTone'],
    ...['recordingStatusCallback', 'recordingStatusCallbackEvent', 'recordingStatusCallbackMethod', 'recordingTrack'],
    ...['trim', 'sequential', 'referUrl', 'referMethod', 'events', 'passports'],
  ],
  Number: [
    ...['url', 'method', 'sendDigits', 'statusCallback', 'statusCallbackEvent', 'statusCallbackMethod', 'byoc'],
    ...['machineDetection', 'machineDetectionTimeout', 'machineDetectionSpeechThreshold', 'amdStatusCallback'],
    ...['machineDetectionSpeechEndThreshold', 'machineDetectionSilenceTimeout', 'amdStatusCallbackMethod'],
  ],
  Conference: [
    ...['muted', 'beep', 'startConferenceOnEnter', 'endConferenceOnExit', 'waitUrl', 'waitMethod', 'maxParticipants'],
    ...['participantLabel', 'coach', 'record', 'trim', 'region', 'jitterBufferSize', 'eventCallbackUrl'],
    ...['statusCallback', 'statusCallbackEvent', 'statusCallbackMethod', 'recordingStatusCallback'],
    ...['recordingStatusCallbackEvent', 'recordingStatusCallbackMethod'],
  ],
  Record: [
    ...[
      'action',
      'method',
      'maxLength',
      'timeout',
      'finishOnKey',
      'playBeep',
      'transcribe',
      'transcribeCallback',
      'trim',
    ],
    ...['recordingStatusCallback', 'recordingStatusCallbackEvent', 'recordingStatusCallbackMethod'],
  ],
  Redirect: ['method'],
  Reject: ['reason'],
  Hangup: [],
}
