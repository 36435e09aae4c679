import type { Callers } from './ways-to-ask.ts'

/** Callers in their own words, one a line. */
export const EUROPEAN_CALLERS: Readonly<Record<string, Callers>> = {
  es: {
    ask: `
      Oiga, ¿me podría pasar con alguien que hable del refinanciamiento?
      No, no, ya no quiero seguir con la máquina, deme con una persona.
      Prefiero explicárselo a una persona de verdad.
      Buenas, quisiera que me atendiera un ser humano, por favor.
      Páseme al departamento de hipotecas.
      ¿Está disponible la licenciada Gómez?
      Mejor comuníqueme con un ejecutivo, esto no me sirve.
      ¿No hay nadie de carne y hueso que me pueda atender?
      Disculpe, ¿me puede transferir con el área de préstamos?
      Necesito que alguien de carne y hueso revise mi caso.
      Operadora, por favor.
      Me gustaría que me comunicara con su jefe.
      ¿Me puede poner en contacto con un supervisor, por favor?
      Ya me cansé de la grabación, quiero hablar con alguien.`,
    doNot: `
      Mi gerente del banco me mandó la carta.
      ¿Puedo agregar a otra persona en la cuenta?
      La señora que me atendió ayer fue muy amable.
      Trabajo de gerente en un restaurante.
      La agente de la inmobiliaria dice que falta el avalúo.
      ¿Qué necesita la persona que firme conmigo?
      ¿Cuánto gana un agente de préstamos?
      Mi hermana habló con una señorita muy amable.
      Quiero explicarle a mi banco por qué me atrasé.
      Hay una persona viviendo en la casa que compramos.
      Mi asesora fiscal necesita el formulario.
      ¿La persona del banco puede ver mi saldo?
      ¿La persona que firma tiene que hablar inglés?
      ¿Puede alguien más hacer el pago por mí?
      Quiero ver si mi hermano puede ser el responsable del préstamo.
      Un representante de ustedes me mandó una carta y quiero entender qué dice.
      ¿El asesor cobra por hablar con uno?
      Necesito que alguien me mande el estado de cuenta.
      El departamento donde vivo es rentado.
      ¿Puedo ir a la oficina a ver a un asesor el martes?
      Me gustaría hacer una cita con un asesor para el jueves.
      Soy una persona soltera y quiero comprar casa.
      Mi jefe puede confirmar mi empleo si lo necesitan.
      ¿Hay alguna persona que revise mi solicitud o es la computadora?
      Llamo porque alguien de su empresa me dejó un mensaje.
      ¿Me puede explicar qué hace el asesor?
      Quiero saber si el representante recibió mis papeles.
      Necesito consultar mi saldo, soy el responsable de la cuenta.
      Quisiera preguntar cuántas personas pueden estar en el préstamo.
      Una persona puede ayudarme con el enganche, ¿se acepta?
      ¿Puedo hacer la solicitud sin asesor?`,
  },
  fr: {
    ask: `
      Vous pourriez me passer quelqu'un du service des prêts ?
      Je préférerais expliquer ça à une vraie personne.
      Bonjour, j'aurais voulu avoir un conseiller au téléphone.
      Arrêtez avec ce robot et passez-moi votre supérieur.
      Il n'y aurait pas un être humain à qui je pourrais m'adresser ?
      Bon, ça ne marche pas, basculez-moi vers un collègue.
      Je peux avoir quelqu'un au bout du fil ?
      J'en ai assez de la machine, un conseiller s'il vous plaît.
      Mettez-moi quelqu'un d'autre en ligne.
      Je souhaite parler à votre directeur, s'il vous plaît.`,
    doNot: `
      Mon conseiller m'a envoyé les papiers la semaine dernière.
      Est-ce que deux personnes peuvent signer le prêt ?
      Mon banquier m'a conseillé de vous appeler.
      J'ai eu une conseillère la semaine passée au sujet du taux.
      Je veux que ma fille soit responsable du compte.
      Une collègue m'a parlé de vos taux.
      La conseillère m'avait promis un taux plus bas.
      Est-ce que quelqu'un d'autre peut payer à ma place ?
      Combien de personnes peuvent être sur le prêt ?
      Je voudrais prendre rendez-vous avec un conseiller jeudi.
      Le conseiller que j'ai vu à l'agence m'a donné un taux.
      Je suis une personne seule avec deux enfants.
      Je cherche un appartement pour mon fils.
      L'agent immobilier veut une lettre de votre part.
      Je voudrais ajouter une personne à mon compte.
      Vous pouvez parler plus lentement ?
      Quelqu'un m'a volé mon identité.
      J'appelle parce que quelqu'un m'a laissé un message.
      Pouvez-vous m'expliquer ce que fait le conseiller ?
      Je voudrais savoir si le responsable a reçu mes documents.
      Je voudrais demander si une autre personne peut signer.
      Comment ça marche si mon employé veut un prêt ?
      On peut avoir deux personnes sur le compte ?
      Je peux avoir le taux d'une personne salariée ?`,
  },
  de: {
    ask: `
      Ich hätte gern einen Ihrer Kollegen am Apparat.
      Könnten Sie mich an jemanden weiterleiten, der sich damit auskennt?
      Ich will endlich mit einem echten Menschen reden, nicht mit einer Maschine.
      Kann ich bitte den Filialleiter sprechen?
      Gibt es bei Ihnen auch echte Menschen?
      Können Sie mal jemanden aus der Kreditabteilung dranholen?
      Ich würde gerne mit jemandem über meine Raten sprechen.
      Bitte einen Mitarbeiter.
      Kann ich mit Ihrem Kollegen reden?
      Könnte mich bitte jemand mit der Hypothekenabteilung verbinden?`,
    doNot: `
      Mein Chef hat die Gehaltsbescheinigung unterschrieben.
      Ist das hier ein Roboter oder ein Mensch?
      Die Beraterin meinte, es dauert zwei Wochen.
      Mein Bankberater hat mir das empfohlen.
      Meine Kollegin hat bei Ihnen finanziert.
      Ich muss das meinem Chef erklären.
      Der Sachbearbeiter hat meine Unterlagen verloren.
      Kann eine andere Person für mich bezahlen?
      Ich möchte eine Person zum Konto hinzufügen.
      Ich hätte gern einen Termin mit einem Berater am Montag.
      Jemand hat meine Karte gestohlen.
      Der Mitarbeiter in der Filiale konnte mir nicht helfen.
      Können Sie bitte lauter sprechen?
      Muss jemand von Ihnen das Haus sehen?
      Ich bin Leiter einer Schule und verdiene gut.
      Unser Makler möchte eine Bestätigung.
      Wie viele Personen können im Vertrag stehen?
      Ich rufe an, weil mir jemand eine Nachricht hinterlassen hat.
      Können Sie mir erklären, was der Berater macht?
      Ich wollte fragen, ob eine zweite Person unterschreiben muss.
      Kann ich das ohne Berater machen?
      Ich brauche eine zweite Person als Bürgen.
      Kann mir jemand das Geld überweisen?`,
  },
  it: {
    ask: `
      Scusi, mi farebbe parlare con chi si occupa dei mutui?
      Basta con questa voce automatica, voglio un essere umano.
      Mi può mettere in linea con un collega, per cortesia?
      C'è qualcuno con cui posso parlare del mio mutuo?
      Non capisce niente, mi passi un umano.
      Avrei bisogno di sentire un consulente a voce.
      Buongiorno, cercavo un consulente per il mutuo, me lo passa?
      Operatore, grazie.
      Vorrei un consulente umano, grazie.
      Vorrei essere trasferita a un operatore umano.`,
    doNot: `
      Ho già mandato tutto alla consulente.
      Lavoro come responsabile in un supermercato.
      Un collega di mio marito ha fatto il mutuo da voi.
      La banca mi ha assegnato una consulente molto brava.
      Un mio collega mi ha parlato di voi.
      Posso parlare in inglese?
      L'operatore di prima mi ha chiuso il telefono.
      Può pagare un'altra persona per me?
      Vorrei aggiungere una persona al conto.
      Vorrei un appuntamento con un consulente per lunedì.
      Qualcuno ha usato la mia carta.
      Il responsabile del cantiere mi ha dato la fattura.
      Può parlare più piano?
      Chi si occupa della perizia?
      L'ufficio è aperto il sabato?
      Chiamo perché qualcuno mi ha lasciato un messaggio.
      Mi può spiegare cosa fa il consulente?
      Volevo sapere se il responsabile ha ricevuto i documenti.
      Può firmare un'altra persona?
      Posso avere due persone sul conto?
      Vorrei chiedere se serve una seconda persona per firmare.`,
  },
  pt: {
    ask: `
      Dá pra me passar pra um atendente, por gentileza?
      Eu preferia explicar isso pra uma pessoa mesmo.
      Quero falar com o gerente, faz favor.
      Chega de robô, me coloca com alguém aí.
      Moça, transfere pra alguém que resolva, por favor.
      Será que eu consigo falar com gente de verdade?
      Bom dia, eu precisava falar com alguém do financiamento.
      Transfere pro supervisor, por favor.
      Me deixa conversar com alguém da equipe.
      Pode transferir minha ligação para um humano?`,
    doNot: `
      Posso colocar outra pessoa como fiadora?
      O atendente me falou que faltava um documento.
      Minha chefe assinou o comprovante de renda.
      Quem assina o contrato, eu ou o corretor?
      Um colega me falou do financiamento de vocês.
      Posso falar em espanhol?
      A moça que me atendeu era muito educada.
      Outra pessoa pode pagar por mim?
      Quero adicionar uma pessoa na conta.
      Gostaria de marcar um horário com um consultor na quinta.
      Alguém usou meu cartão.
      O gerente da obra me deu a nota.
      Você pode falar mais devagar?
      Tem alguém que revisa o pedido ou é automático?
      Sou uma pessoa autônoma, posso pedir empréstimo?
      A gente quer comprar uma casa.
      Liguei porque alguém me deixou uma mensagem.
      Pode me explicar o que o consultor faz?
      Queria saber se o gerente recebeu meus documentos.
      Queria perguntar se outra pessoa pode assinar.
      Tem alguém na fila antes de mim no processo?
      Preciso de uma pessoa para ser fiador.`,
  },
  pl: {
    ask: `
      Czy mógłby mnie Pan przełączyć do działu kredytów?
      Wolałabym wytłumaczyć to komuś żywemu.
      Niech mnie Pani połączy z kimś kompetentnym.
      Chciałbym rozmawiać z kierownikiem.
      Proszę dać mi kogoś żywego do telefonu.
      Czy jest tam jakiś człowiek, z którym mogę porozmawiać?
      Proszę o połączenie z doradcą.
      Chcę z kimś porozmawiać o moim kredycie.
      Proszę dać mi do telefonu pańskiego szefa.
      Czy może mnie Pan połączyć z przełożonym?
      Czy mogę prosić kierownika do telefonu?`,
    doNot: `
      Kierownik budowy wystawił fakturę.
      Pani z banku dzwoniła do mnie rano.
      Mój doradca podatkowy przygotował zeznanie.
      Doradca z banku przysłał mi umowę.
      Kolega z pracy polecił mi waszą firmę.
      Czy możemy rozmawiać po polsku?
      Do której pracuje obsługa klienta?
      Czy ktoś inny może zapłacić za mnie?
      Chcę dodać osobę do konta.
      Chciałbym umówić się na spotkanie z doradcą w poniedziałek.
      Ktoś ukradł moją kartę.
      Ile osób może być na umowie?
      Czy może pan mówić wolniej?
      Mój pracodawca wystawi zaświadczenie.
      Jestem osobą samotną, czy dostanę kredyt?
      Dzwonię, bo ktoś zostawił mi wiadomość.
      Czy może mi pani wyjaśnić, co robi doradca?
      Chciałem zapytać, czy druga osoba musi podpisać.
      Czy mogę to zrobić bez doradcy?
      Potrzebuję osoby, która poręczy kredyt.
      Ile kosztuje pomoc doradcy?`,
  },
  ru: {
    ask: `
      Дайте мне, пожалуйста, кого-нибудь из кредитного отдела.
      Я бы лучше объяснила это живому человеку.
      Переключите меня на специалиста по ипотеке.
      Можно мне менеджера?
      Девушка, переключите на живого оператора.
      А нормальный человек у вас там есть?
      Хочу обсудить это с вашим специалистом.
      Соедините с отделом ипотеки, пожалуйста.
      Я бы хотел поговорить с кем-то из руководства.
      Позовите кого-нибудь из людей, пожалуйста.`,
    doNot: `
      Мой начальник подписал справку о доходах.
      Менеджер застройщика прислал договор.
      Риелтор сказала, что нужна справка от вас.
      Оператор вчера сказал, что заявка принята.
      Коллега посоветовал вас.
      Можно говорить по-русски?
      До скольки работают ваши операторы?
      Может ли другой человек заплатить за меня?
      Я хочу добавить человека в договор.
      Хочу записаться на встречу со специалистом в четверг.
      Кто-то украл мою карту.
      Можете говорить помедленнее?
      Сколько человек может быть в договоре?
      Менеджер обещал прислать график платежей.
      Нужно ли, чтобы кто-то подписал за меня?
      Меня перевели в другой отдел на работе.
      Я звоню, потому что кто-то оставил мне сообщение.
      Можете объяснить, что делает специалист?
      Хочу спросить, должен ли второй человек подписать.
      Можно ли сделать это без менеджера?
      Можно добавить ещё одного человека?
      Мне нужен человек, который будет поручителем.`,
  },
}
