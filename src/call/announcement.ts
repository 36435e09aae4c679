/**
 * What recordings say and callers hardly ever do: voicemail greetings, menus, waiting queues. Of an incoming call most
 * often a robocall, a telephone system that was connected to another, or an answered call put on hold.
 */
const ANNOUNCEMENTS = [
  /\b(?:leave|record) (?:\w+ )?(?:a |your |me a |us a )?(?:brief |short |detailed )?(?:message|name|number|voicemail)\b.{0,60}\b(?:tone|beep|message|sms)\b/,
  /\b(?:after|at) the (?:tone|beep)\b/,
  /\byou(?:'ve| have) reached\b/,
  /\b(?:your|the) call (?:is (?:very )?important to us|will be (?:answered|taken|recorded)|may be (?:recorded|monitored))\b/,
  /\b(?:to|for) .{2,60}[,:]? (?:please )?(?:press|dial) (?:the )?(?:\d|zero|one|two|three|four|five|six|seven|eight|nine|star|pound)\b/,
  /(?:^|[.!,;] ?)(?:please )?press (?:\d|zero|one|two|three|four|five|six|seven|eight|nine|star|pound)\b.{0,40}\b(?:to|for|if|or press)\b/,
  /\b(?:all|our) (?:of our )?(?:agents|representatives|operators|lines|associates) are (?:currently |still )?(?:busy|assisting|helping)\b/,
  /\b(?:remain|stay) on the line\b.{0,60}\b(?:next|answered|representative|agent|order)\b|\bplease hold(?: the line)? (?:while|for)\b/,
  /\b(?:is|are) not (?:available|in service|accepting calls|home right now)\b.{0,80}\b(?:leave|tone|beep|try|check|dial|time)\b/,
  /\b(?:our )?(?:menu )?options have (?:recently )?changed\b|\b(?:mailbox|memory) is full\b/,
  /\bdespués (?:del tono|de la señal)|\bdeje (?:su|un) mensaje\b|\bsu llamada es (?:muy )?importante\b|\b(?:presione|marque|oprima) (?:el )?(?:\d|uno|dos|tres|cuatro|cinco)\b/,
  /để lại (?:lời nhắn|tin nhắn)|sau tiếng bíp|thuê bao quý khách/,
] as const

/** Whether a sentence is one that recordings play. A caller may say one too, so it decides nothing by itself. */
export function isAnnouncement(text: string): boolean {
  const said = text.normalize('NFC').toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ')
  return ANNOUNCEMENTS.some((announcement) => announcement.test(said))
}
