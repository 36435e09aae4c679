/** What the agent says, and what it must not. `#` stands for any digit. */
export const AGENT_TEXTS: readonly string[] = [
  "Thanks for telling me. Before I look anything up, could I get your first and last name, and the best number to reach you if we're cut off?",
  'I understand, and I am sorry that you had to call more than once about this. Let me write down what happened, so that whoever calls you back already knows it.',
  'Sure. A licensed loan officer can walk you through that. Would tomorrow at #:30 work for you, or would you rather have them call in the evening?',
  'So I have your number as ### ### ####. Is that right?',
  'The documents people usually bring are their last two pay stubs, two years of tax returns, and a statement from each account. I can have the list sent to you.',
  'Our office is open Monday through Thursday from nine to six, and until five on Fridays. Outside those hours I can take a message for you at any time.',
  'Claro, con mucho gusto. Para que un asesor le devuelva la llamada, ¿me puede dar su nombre y un número de teléfono donde la encuentre mañana?',
  'Entiendo. Voy a anotar lo que me dijo, y una persona de nuestra oficina la va a llamar antes de las # de la tarde.',
  'Bien sûr. Je note votre message et quelqu’un de notre bureau vous rappellera demain matin au ### ### ####.',
  'One thing I cannot do is quote numbers, because that depends on a full application that a licensed person has looked at. What I can do is set up that call. Would mornings or afternoons be better?',
]

/** Said seldom, and stopped in the middle: the licence gate has to find them. */
export const BARRED_TEXTS: readonly string[] = [
  'Good news, with your credit score you would qualify today at #.## percent, and your payment would be about $#,### a month.',
  'Let me see. Based on what you told me you are approved for up to ### thousand dollars, so you can make that offer.',
]
