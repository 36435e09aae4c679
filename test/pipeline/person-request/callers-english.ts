import type { Callers } from './ways-to-ask.ts'

/** English callers in their own words, one a line. */
export const ENGLISH_CALLERS: Readonly<Record<string, Callers>> = {
  en: {
    ask: `
      I got a letter from you folks about lowering my rate, who over there can I talk to about it
      Okay this isn't working, pass me on to one of your colleagues.
      I'd rather deal with somebody who's got a pulse.
      Hi, yes, is there a loan officer free at the moment?
      Can you hand me off to the processor on my file please?
      Operator operator operator
      you're not understanding me just get somebody
      I was hoping a person could walk me through the closing disclosure.
      No offense but I don't do robots, transfer me.
      Yeah I need to spek to a reprisentative
      Could you patch me through to underwriting?
      Any chance I could have a quick word with whoever handles the escrow accounts?
      Hi um I've got kind of a messy divorce situation with the house, could I speak with a person about it
      Listen, switch me over to a supervisor, this is going nowhere.
      yes hello im looking to speak with an adviser about a heloc
      May I have the loan department please.
      Just a human. Please.
      Can someone over there give me five minutes, a real person I mean?
      I'd like to go over this with an actual loan officer instead.
      Put your boss on the line.
      Would it be okay if you transferred me to Rebecca in closing?
      sombody real please i need help
      Yep, if you could get me over to the mortgage folks that'd be awesome.
      I'm not comfortable giving that to a computer, let me have a person.
      Honestly I'd be more at ease with a living breathing human on this.
      Alright whatever, can I just get whoever's on duty tonight?
      So my question is a little weird, probably better for a person to answer.
      Could you bump me up to your manager real quick
      My loan guy is Terrence, can you get him for me?
      I give up. Person. Now.
      hey do u have any actual ppl i can talk 2
      Hi there, I received a mailer about refinancing and I'd like to talk with somebody about my options.
      Okay can you go ahead and send me over to someone in the retirement department?
      I think I should probably talk to a specialist about that, could you set that up now?
      yeah um is it possible to get a financial adviser on the line?
      ok this bot is useless let me talk to a rep
      Would you mind getting your supervisor for me?
      I've called three times already and I just want a human to look at it.
      Please stop asking me questions and connect me.
      agent plz
      Do you think I could maybe speak to one of the loan officers?
      I need somebody to talk to about my foreclosure.
      I'd like to speak to one of your people about the letter I got.
      Can you please just transfer my call to the next available agent?
      Is there any way to talk to somebody live?
      I don't feel like talking to a machine today.
      Hello, put me in touch with your mortgage guy.
      Hi, could you get me to a live person in the servicing area please?
      I'd like to talk with whoever handles refinances over there.
      Is a supervisor around? I need one.
      We want to speak directly to an underwriter about the condition.
      hi. so I wanna speak to a representative regarding this flyer, it says I'm pre-approved for something
      Yes please, yeah if you could transfer me, that would be great, to that retirement planner.
      I have a complicated situation and I'd rather explain it to a person.`,
    doNot: `
      My agent says the seller will pay two points, is that allowed?
      Do I talk to the same person every time I call?
      I spoke with somebody in servicing on Monday and never got the letter.
      Can I put my daughter on the loan as an authorized person?
      The property manager wants proof of insurance.
      Wait, are you a real person or one of those AI things?
      I need someone to cosign, could that be my uncle?
      What does an underwriter actually look at?
      Could a representative from the builder be at the closing?
      I transferred money to my manager by mistake.
      So my supervisor can write the employment letter, is that enough?
      Do you guys charge for talking to an advisor?
      Someone called me from this number, what was it about?
      Can my realtor talk to you guys directly?
      I'm a customer service representative at Delta, been there six years.
      I want to name my son as the responsible person on the account.
      The loan officer I had left the company.
      Is it a person or a machine that decides on my application?
      I need to get my ex off the mortgage.
      When I asked for a supervisor last week they disconnected me.
      The last guy I talked to over there quoted me six and a half.
      Does my manager have to fill out the verification or can HR do it?
      I'm helping my mother, she's a person who can't drive.
      What department handles insurance checks?
      Would an adviser cost me anything extra?
      I'll have my assistant send that over.
      If somebody calls about my file, tell them I sold the house.
      I was talking with a gentleman named Paul and he said you'd waive the fee.
      My supervisor gave me the number for you guys.
      Is there an agent fee when I buy a house?
      Could you tell me who the insurance agent on my policy is?
      I want to make my brother the beneficiary, he's the only person I have.
      I got transferred around three times yesterday, anyway, what's my balance?
      Can I get a copy of what the underwriter wrote?
      You're a pretty smart robot.
      I'd like to change the operator of the account from my mom to me.
      Do I need to be a person with a job to apply?
      The manager approved it, so when do we close?
      I can explain the gap in employment to the underwriter in a letter.
      Can my wife talk to you about the loan?
      Which lender do you work with?
      I have to go over the numbers with my partner.
      My neighbor is a loan officer and she says to wait.
      What would the representative need from me?
      I'd like to have the person at the branch mail it.
      Did somebody from your office call my wife?
      Someone left me a message so I'm calling back.
      Can you explain what a loan officer does?
      I want to ask if another person can sign.
      I need a person to be my guarantor.
      It's cheaper for one person to apply, right?
      Could somebody explain why my payment went up?
      Can I reach the website from my phone?
      I want to explain the situation with the contractor.
      I'm better with numbers than people.
      I'm tired of the automated emails.
      Can I skip the machine at the branch and pay by phone?
      I'd like to go over my statement with you.
      I want to review this with my husband.
      We want to go through everything with our realtor first.
      So if I get a manager for the shop, can she have a card with her name on it but just on my account?`,
  },
}
