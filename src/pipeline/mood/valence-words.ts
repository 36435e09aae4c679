/**
 * Words and signs AFINN does not have, or takes otherwise than a caller means them ("interest", "no", "fees"), by how
 * they feel: -3 to 3. Written for this project. 0 takes a word out.
 */
export const VALENCES: Readonly<Record<string, string>> = {
  '3': 'phenomenal flawless flawlessly unbeatable woohoo yay yippee terrific topnotch exceeds exceeded breathtaking euphoric masterpiece gorgeous delighted overjoyed thrilled stoked ecstatic blessed unsurpassed incredible magnificent superbly wonderfully <3 :d xd =d',
  '2': 'haha hahaha hahahaha hehe lmao lmfao rofl lolz neat sweet sleek crisp sturdy durable intuitive responsive reliable versatile handy compact affordable bargain painless effortless effortlessly smooth smoothly user-friendly friendly courteous knowledgeable gem yum yummy tasty delicious delish adorable cutest epic woot woo yeehaw hooray bravo congrats kudos ftw pleasantly pleasure satisfied impressive impressed impresses fantastic classy comfy cozy vibrant gracious helpful appreciate appreciated appreciates recommend recommended recommending praise thx ty tysm xoxo xx stellar solid bliss giggle giggles giggling festive celebrate celebrating :) :-) ;) ;-) =) :] (: ^_^ :p',
  '1': 'ha hah heh well works worked fast faster quick quickly easy easier easily simple simply finally plus pluses bonus special birthday christmas weekend holiday vacation party gift gifts improved improvement upgrade upgraded stable light lightweight slim stylish elegant attractive decent okay ok alright fine adequate welcome ready yes yeah yep relax relaxed relaxing chill cheers hero genuine polite professional useful value valued worth worthwhile flexible functional convenient clear clearly sharp bright loud rich generous wise clever smart able enough favorite favourite faith hopeful hopefully resolved exciting curious tasteful plenty peace bravely romantic discount accurate lol xo',
  '-1': 'slow slower slowly cheap cheaply cheapo small flimsy bulky clumsy cumbersome clunky noisy static heavy tiny scratch scratches scratched scratchy tinny bland plasticky hassle quirk quirky downside downsides drawback drawbacks minus con cons complaint complaints gripe quibble nitpick overpriced pricey expensive unfortunately sadly sigh meh bummer bummed oops ouch gulp cold late lacks lacking lack limited weird strange odd mistake mistakes mistaken confusing confused wait waiting waited hold unable only hungry sleepy tired bored hmph nope nah unclear inconsistent awkward difficult hard harder complicated inconvenient lost replace replaced replacement return returned refund dodgy sketchy rough messy tedious outdated loose disconnected :/ :-/ :\\ =/ :|',
  '-2': 'ugh argh grr grrr wtf smh fml ffs stfu broke broken breaks break breaking defective faulty malfunction malfunctioned malfunctions unusable unreliable unresponsive useless worthless freeze freezes froze frozen crash crashes crashed glitch glitches glitchy buggy bug bugs error errors problem problems trouble issue issues fail fails failed failing junk rude annoying annoyed annoys annoyance irritating irritated irritates frustrating frustrated frustration disappointing disappointed disappointment disappoints unhappy upset mad angry poor poorly lousy crappy shoddy cranky lame gross nasty yuck yucky eww ew stinks stink stinky sick ill headache hurts hurt pain painful bastard prick dumb stupid idiot idiots idiotic moron freaking nightmare fiasco regret ripped rip-off ripoff overworked exhausted exhausting unfair unacceptable incompetent ridiculous absurd nonsense unprofessional misleading mislead misled ignored ignoring ignore neglected jerk loser bitchy scam scammed liar liars lied lying pissed pathetic cried crying cry lonely miserable depressed depressing dies died dead dying dreadful unbearable screwed :( :-( ;( =( :[ ): d: >:( >:[ </3',
  '-3': 'awful horrible horrendous horrid horrific atrocious abysmal appalling disgusting disgusted disgrace disgraceful infuriating infuriated furious livid outraged outrageous enraged hate hated hates hating terrible terribly worst despise loathe loathsome garbage crap bullshit shit shitty suck sucks sucked fucking fucked hell hellish damn damned goddamn bitch bitches asshole assholes devastated devastating tragic tragedy murdered',
  '0': 'sorry apologize apologise apologies excuse no interest interested interests fee fees charge charges charged pay debt debts credit grant granted share shares sharing want wanted wants agree agreed number join joke please reach top true united chance chances dear god allow matter block cut cutting cover stop stops stopped like',
}

/** What comes before a word and turns it about: "not happy", "never helps", "nobody cares". */
export const NEGATIONS = new Set(
  "no not never none nobody nothing neither nor without hardly barely cannot can't cant don't dont doesn't doesnt didn't didnt isn't isnt wasn't wasnt aren't arent weren't won't wont wouldn't wouldnt couldn't couldnt shouldn't haven't havent hasn't hasnt hadn't ain't aint lack lacks".split(
    ' ',
  ),
)

/** What comes before a word and makes it more or less: a factor. */
export const DEGREES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '1.3':
      'very really so extremely absolutely totally completely incredibly insanely super such too damn damned fucking freaking utterly beyond especially truly amazingly deeply most entirely exceptionally highly hugely bloody hella',
    '1.15': 'pretty quite more much always even that how',
    '0.7':
      'slightly somewhat bit little kinda sorta fairly almost partly less rather marginally occasionally sometimes just',
  }).flatMap(([factor, words]) => words.split(' ').map((word) => [word, Number(factor)] as const)),
)
