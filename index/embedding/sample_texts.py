"""Made-up texts of the kinds that articles hold, by which is measured what numbers a model computes with."""

SAMPLE_TEXTS = (
    "Two bridges closed in Aldmoor: The storm of Tuesday night closed two bridges in Aldmoor and left about 4,200 "
    "homes without electricity, the county said. Lena Foss, the mayor, asked everyone to stay at home. “We have "
    "never seen the river rise this fast,” she said. Nobody was hurt, but a 61-year-old man was taken to hospital as "
    "a precaution.",
    "Harbour strike enters third week: Dock workers at the port of Kessby voted by 312 to 45 on Friday to continue "
    "their strike for higher wages. The union wants 6.5 percent more; the port offers 3 percent and a single payment "
    "of $900. A spokesman for the operator, Norvik Lines, called the demand unrealistic. Talks are to resume on 14 "
    "March 2024.",
    "Court rules against ministry: The Supreme Court ruled 5-4 that the ministry had acted unlawfully when it "
    "withdrew the licence of the broadcaster Channel Nine. In a dissent, Judge Abara wrote that the decision would "
    '"tie the hands of every regulator". Neither the president nor the prime minister commented. An appeal is not '
    "possible.",
    "New telescope finds distant planet: Astronomers have found a planet about 1.7 times as heavy as the Earth that "
    "circles its star in eleven days, according to a study in a journal of astrophysics. It is 46 light years away. "
    "Whether there is water on its surface is not known; the team hopes to learn more with spectra from 2027 on.",
    "Rovers beat United 3-1: Goals by Mensah (12', 55') and Ito (78') gave Rovers their fourth victory in a row. "
    "United, who had a man sent off before half-time, answered only with a penalty by O'Neill. It was the club's "
    "worst defeat at home since 1998. Rovers now lead the league with 41 points, two ahead of City, who drew 0-0 in "
    "the rain.",
    "Results by district (votes, share, change): North 12,480 41.3 % +2.1; South 9,077 38.0 % -0.4; East 15,902 52.7 "
    "% +5.9; West 3,310 29.8 % -7.2; in all 40,769 43.1 % +1.0. Source: "
    "https://www.example.org/results/2023?area=all#top, updated 21:45 GMT. Contact: press@example.org, tel. +44 1632 "
    "960123. [1] [2] * * * © 2023",
    "Zwei Brücken gesperrt: Nach dem Sturm in der Nacht zum Dienstag hat die Stadt zwei Brücken gesperrt, teilte die "
    "Feuerwehr mit. Rund 4200 Haushalte waren ohne Strom. El alcalde pidió a los vecinos que no salieran de casa. Le "
    "maire a demandé aux habitants de rester chez eux. Река поднялась на четыре метра, и город остался без света.",
    "the the a of and to in is it for on with as at by from that this was were be been has have had not but or if so "
    "no",
)
