import type { Ways } from './ways-to-ask.ts'

export const EUROPEAN_WAYS: Readonly<Record<string, Ways>> = {
  en: {
    asks: [
      {
        ways: `I want to talk to # / I'd like to speak with # / can I please talk to # / may I speak to # / let me talk to # /
          I'd rather explain it to # / I'd like to go over this with # / connect me to # / switch me over to # /
          could you put me through to # / pass me on to # / hand me off to # / get me # / give me # / I was hoping to speak to # /
          is there # I can talk to / how do I get to # / I'm trying to reach # / any chance I could have a quick word with # /
          I called to talk to # / would it be okay if I spoke to # / could # walk me through it / I'll hold for # /
          I won't go on until I talk to # / I need five minutes with # / I need to ask #`,
        people: `a person / a human being / a live agent / a representative / an operator / your manager / a supervisor /
          a loan officer / a mortgage adviser / a specialist / one of your colleagues`,
      },
      {
        ways: `can I speak to # / transfer me to # / could you patch me through to # / I'd like to be transferred to # /
          let me talk to # / how do I get through to #`,
        people: `somebody / someone who knows / whoever handles escrow / customer service / the loan department /
          the underwriter / my loan officer / that retirement planner / the lady I spoke to yesterday / Dana / Mr. Alvarez`,
      },
      {
        ways: 'I want # / I need # / I said # / # / #, please / no, # / could I get #',
        people:
          'a human / a real person / a representative / an operator / the manager / someone real / customer service',
      },
      {
        ways: '#',
        people: `switch me to a humam / can i speak to a persn / give me a represenative / i wanna tlak to a human /
          tranfer me to an agent / conect me with a human / speak to your suprvisor / costumer service please`,
      },
    ],
    refusals: `I don't talk to machines / I'm tired of this bot / I don't do robots / no more robots / get me off this robot /
      I'm not explaining this to a machine / I prefer humans over robots / this isn't something a bot can help with`,
    others: [
      {
        ways: `I talked to # yesterday / I already spoke to # / # told me to call / # hung up on me / do I need to talk to # /
          are you # / am I talking to # / will # call me / when will # look at my file / I was transferred to # last time /
          my husband wants to talk to # / I don't need # / I have an appointment with # / I used to be #`,
        people: 'an agent / a representative / a manager / a loan officer / a human / a supervisor / somebody',
      },
      {
        ways: '#',
        people: `my agent says the seller will pay / the manager of my building wants proof / can I put another person on the loan /
          can I come in person / if I get a manager for the shop, can she have a card / can my realtor talk to you /
          does a person or a machine decide / I don't mind talking to a robot / can I transfer my loan to another person`,
      },
    ],
  },
  es: {
    asks: [
      {
        ways: `quiero hablar con # / necesito hablar con # / ¿puedo hablar con #? / ¿podría hablar con #? / quisiera platicar con # /
          me gustaría hablar con # / prefiero hablar con # / déjeme hablar con # / páseme con # / me puede pasar con # /
          comuníqueme con # / ¿me comunica con #, por favor? / transfiérame con # / conécteme con # / póngame con # / deme con # /
          prefiero explicárselo a # / quiero que me atienda # / que me pase con # / ¿hay # con quien pueda hablar? /
          necesito que me ayude # / ¿me podría poner con #? / ¿cómo hago para hablar con #? / exijo hablar con #`,
        people: `una persona / una persona de verdad / un humano / un agente / un representante / una operadora / un asesor /
          su supervisor / el gerente / el encargado / alguien / un especialista / un ejecutivo / una colega`,
      },
      {
        ways: 'páseme a # / comuníqueme con # / quiero hablar con #',
        people: 'servicio al cliente / el departamento de préstamos',
      },
      {
        ways: '# / #, por favor / no, quiero #',
        people: 'una persona / un agente / un ser humano / un representante / atención al cliente',
      },
    ],
    refusals: `no quiero hablar con una máquina / no hablo con robots / basta de robots / no más robots / estoy harto de este robot /
      ya no quiero seguir con la máquina / odio hablar con grabaciones / no me gusta hablar con máquinas`,
    others: [
      {
        ways: `ayer hablé con # / ya hablé con # / # me dijo que llamara / # nunca me llamó / ¿tengo que hablar con #? /
          mi esposo quiere hablar con # / ¿estoy hablando con #? / trabajo como #`,
        people: 'un agente / una persona / el gerente / un asesor',
      },
      {
        ways: '#',
        people: `mi gerente firmó la carta / ¿puedo agregar a otra persona? / ¿tengo que ir en persona? / ¿es usted un robot? /
          ¿es usted una persona? / mi agente de bienes raíces me llamó / quiero hablar con mi esposa primero / ¿cuántas personas firman?`,
      },
    ],
  },
  fr: {
    asks: [
      {
        ways: `je veux parler à # / je voudrais parler avec # / j'aimerais parler à # / est-ce que je peux parler à # /
          puis-je parler à # / je préfère parler à # / passez-moi # / vous pouvez me passer # / pourriez-vous me passer # /
          mettez-moi en relation avec # / transférez-moi à # / laissez-moi parler à # / j'ai besoin de parler à # /
          je préférerais expliquer ça à # / j'aurais voulu avoir # au téléphone / je souhaite être mis en relation avec # /
          y a-t-il # à qui je peux parler / je veux # / appelez-moi # / j'exige de parler à # / connectez-moi avec #`,
        people: `une personne / une vraie personne / un humain / un être humain / un conseiller / une conseillère / un agent /
          un opérateur / votre responsable / votre supérieur / un spécialiste / quelqu'un / un collègue / un représentant`,
      },
      {
        ways: 'passez-moi # / je voudrais parler au # / transférez-moi au #',
        people: 'service clients / service des prêts',
      },
      {
        ways: "# / #, s'il vous plaît / non, #",
        people: 'un conseiller / une vraie personne / un humain / un opérateur',
      },
    ],
    refusals: `je ne veux pas parler à un robot / je ne parle pas aux machines / plus de robots / j'en ai marre de ce robot /
      arrêtez avec ce robot / je déteste parler à une machine / je refuse de parler à un ordinateur / pas de robot`,
    others: [
      {
        ways: `j'ai parlé à # hier / # m'a dit de rappeler / # m'a rappelé / est-ce que je dois parler à # /
          mon mari veut parler à # / est-ce que je parle à # / je travaille comme #`,
        people: 'un conseiller / une personne / un agent / un responsable',
      },
      {
        ways: '#',
        people: `mon conseiller m'a envoyé les papiers / personne ne répond / est-ce que je dois venir en personne / êtes-vous un robot /
          deux personnes peuvent signer / mon agent immobilier a appelé / je dois parler à ma femme d'abord / mon chef a signé`,
      },
    ],
  },
  de: {
    asks: [
      {
        ways: `ich möchte mit # sprechen / ich will mit # reden / ich würde gern mit # sprechen / kann ich mit # sprechen /
          könnte ich bitte mit # sprechen / darf ich mit # sprechen / ich muss mit # sprechen / verbinden Sie mich mit # /
          können Sie mich mit # verbinden / stellen Sie mich zu # durch / leiten Sie mich an # weiter / lassen Sie mich mit # reden /
          ich würde das lieber # erklären / gibt es die Möglichkeit, mit # zu sprechen / ich hätte gern mit # gesprochen /
          ich möchte mit # verbunden werden / würden Sie mich zu # durchstellen / ich bestehe darauf, mit # zu sprechen`,
        people: `einem Menschen / einem echten Menschen / einem Mitarbeiter / einer Mitarbeiterin / einem Berater / jemandem /
          einer Person / einem Kollegen / Ihrem Vorgesetzten / dem Chef / einem Sachbearbeiter / der Kreditabteilung`,
      },
      {
        ways: `geben Sie mir # / holen Sie mir # ans Telefon / ich brauche # / ich will # / ich hätte gern # am Apparat /
          kann ich # sprechen / # / #, bitte / nein, #`,
        people:
          'einen Menschen / einen Mitarbeiter / einen Berater / Ihren Chef / den Filialleiter / einen Ihrer Kollegen',
      },
    ],
    refusals: `ich rede nicht mit Maschinen / ich will nicht mit einem Roboter sprechen / keine Roboter mehr / ich habe genug von diesem Roboter /
      ich hasse Roboter / Schluss mit dem Computer / ich möchte mit keiner Maschine sprechen / mit Automaten rede ich nicht`,
    others: [
      {
        ways: `ich habe gestern mit # gesprochen / ich habe schon mit # telefoniert / muss ich mit # sprechen /
          spreche ich mit # / mein Mann will mit # sprechen / letzte Woche sprach ich mit #`,
        people: 'einem Menschen / einem Mitarbeiter / einem Berater / dem Chef',
      },
      {
        ways: '#',
        people: `mein Chef hat unterschrieben / muss ich persönlich kommen / sind Sie ein Roboter / der Berater hat mich angerufen /
          ich muss erst mit meiner Frau sprechen / wie viele Personen unterschreiben / ich arbeite als Berater / mein Vorgesetzter hat das bestätigt`,
      },
    ],
  },
  it: {
    asks: [
      {
        ways: `voglio parlare con # / vorrei parlare con # / posso parlare con # / potrei parlare con # / ho bisogno di parlare con # /
          preferisco parlare con # / mi passi # / mi può passare # / mi metta in contatto con # / mi può mettere in linea con # /
          mi trasferisca a # / mi colleghi con # / mi faccia parlare con # / mi farebbe parlare con # / preferirei spiegarlo a # /
          c'è # con cui posso parlare / mi dia # / vorrei essere messo in contatto con # / come faccio a parlare con # / pretendo di parlare con #`,
        people: `un operatore / una persona / una persona vera / un essere umano / un consulente / il responsabile / qualcuno /
          un supervisore / un addetto / il direttore / un collega / un agente / uno specialista / il servizio clienti`,
      },
      {
        ways: '# / #, per favore / no, voglio #',
        people: 'un operatore / una persona vera / un essere umano / un consulente',
      },
    ],
    refusals: `non voglio parlare con un robot / non parlo con le macchine / basta robot / basta con questo risponditore / sono stufo di questo robot /
      odio parlare con le macchine / niente robot / non mi piace parlare con un computer`,
    others: [
      {
        ways: `ieri ho parlato con # / ho già parlato con # / # mi ha detto di chiamare / mio marito vuole parlare con # /
          sto parlando con # / lavoro come #`,
        people: 'un operatore / una persona / un consulente / il responsabile',
      },
      {
        ways: '#',
        people: `devo venire di persona / quante persone firmano / lei è un robot / il mio capo ha firmato / devo parlare prima con mia moglie /
          il mio agente immobiliare ha chiamato / posso aggiungere una persona / ho mandato tutto alla consulente`,
      },
    ],
  },
  pt: {
    asks: [
      {
        ways: `quero falar com # / eu queria falar com # / preciso falar com # / gostaria de falar com # / posso falar com # /
          poderia falar com # / prefiro falar com # / me passa para # / me transfere para # / pode me passar para # /
          pode me transferir para # / transfira-me para # / me conecta com # / me coloca com # / deixa eu falar com # /
          eu preferia explicar isso para # / tem # com quem eu possa falar / dá pra me passar pra # / quero ser atendido por # /
          chama # / como faço para falar com # / exijo falar com # / tem como falar com #`,
        people: `uma pessoa / uma pessoa de verdade / um humano / um atendente / um agente / o gerente / seu supervisor / alguém /
          um consultor / um especialista / um representante / um funcionário / um colega / o responsável`,
      },
      {
        ways: '# / #, por favor / não, quero #',
        people: 'um atendente / uma pessoa de verdade / um humano / atendimento humano',
      },
    ],
    refusals: `não quero falar com robô / não falo com máquina / chega de robô / cansei desse robô / odeio falar com máquina /
      sem robô, por favor / não gosto de falar com robô / não aguento mais esse robô`,
    others: [
      {
        ways: `ontem falei com # / já falei com # / # me disse para ligar / tenho que falar com # / meu marido quer falar com # /
          estou falando com # / trabalho como #`,
        people: 'um atendente / uma pessoa / o gerente / um agente',
      },
      {
        ways: '#',
        people: `meu gerente assinou a carta / posso colocar outra pessoa como fiadora / preciso ir pessoalmente / você é um robô /
          quantas pessoas assinam / meu corretor de imóveis ligou / preciso falar com minha esposa primeiro / o atendente falou que faltava`,
      },
    ],
  },
}
