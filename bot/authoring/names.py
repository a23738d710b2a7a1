"""First names that are common in the UK and mean nothing else in a question about health."""

FIRST_NAMES = frozenset(
    """
    aaron abdul abigail adam adrian agnes ahmed aileen ailsa aisha alan alasdair alastair albert alec
    alex alexander alexandra alfie alice alison alistair allan allison amanda amelia amy andrea andrew
    andy angela angus anita anna anne annie anthony anton antonia archie arthur ashley audrey barbara
    barry beatrice becky ben benjamin bernadette bernard beryl bethany betty beverley brenda brendan
    brian bridget bruce bryan callum cameron carl caroline catherine cathy catriona charles charlie
    charlotte cheryl chloe chris christina christine christopher claire clare clive colin connor craig
    daniel danny darren dave david deborah debbie deirdre denise dennis derek diane donald donna doreen
    dorothy dougie douglas duncan edith edward eileen elaine eleanor elizabeth ella ellen elsie emily
    emma eric erin esther ethan ethel evelyn ewan farah fatima fiona frances fraser freddie gareth gary
    gavin gemma geoff geoffrey george gerald geraldine gillian gladys glenn gordon graeme graham greg
    gregor gregory gwen hamish hannah harry hassan hazel heather helen henry hilary howard hugh iain ian
    ibrahim imran irene isabel isla isobel jackie jacob jacqueline jake james jamie jan jane janet
    janice jason jennifer jenny jeremy jessica jill jim jimmy joan joanna joanne joe joseph josh joshua
    joyce judith judy julia julian julie karen kate katherine kathleen katie katy kayleigh keith kelly
    kenneth kenny kerry kevin khadija kieran kirsteen kirsty kyle laura lauren leanne lesley leslie
    lewis liam linda lindsay lisa lorna lorraine louise lucy luke lynn lynne malcolm margaret marion
    marjorie martin mary matthew maureen megan mhairi michael michelle mike mohammed mohamed moira morag
    muhammad muriel nancy natalie natasha nathan neil nicholas nicola nigel nisha norma norman olivia
    oliver oscar owen pamela patricia patrick paul paula pauline peggy peter phil philip phyllis priya
    rachel raj rajesh ralph raymond rebecca richard robert robin roderick roger ronald ronnie rosemary
    ross rory ruth ryan samantha samuel sandra sanjay sarah sean sharon shaun sheena sheila shirley
    shona sian simon siobhan sophie stacey stella stephanie stephen steve steven stewart stuart susan
    suzanne sylvia tanya tariq terence theresa thomas timothy tina tom tommy tony tracey tracy valerie
    vera veronica vincent vivien walter wayne wendy william winifred yasmin yvonne zoe
    """.split()
)
"""Left out are names that are words (Will, Grace, Sue, Jean) and those of places of help (Maggie, Marie)."""

ALSO_WORDS = frozenset(
    """
    amir ann bob bobby chidi davie davy dawn dean faith frank ginny gail grace grant hope iris ivy
    jack jean jeannie joe jock jon jonny joy kay ken kit krzysztof lee lily mark mo nat nina olena
    olga pat patsy patience pearl piotr poppy rab ray rob robbie rose ruby sally sam sandy senga shaz sid
    sue sunny tam tariq ted tess tunde val vic viola will wullie agnieszka zbigniew katarzyna ewa magda
    marek tomasz ali aziz bilal hamza khan maryam noor omar singh yusuf zainab wei ling
    """.split()
)
"""Names that are words as well, or known too little to be sure of: only after words that announce a name."""
VERBS = frozenset("grant hope mark rob sue will".split())
"""Of those: a name only with a capital. "My wife will come" tells nobody's."""
