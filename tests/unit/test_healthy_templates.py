"""Pairs of template and live request as they work every day raise no alarm, whatever the sender adds of its own."""

import pytest

from postback_wizard import checks
from postback_wizard.domain.finding import Level

#: Sender, receiver, saved template, request that left; a dash is nobody known. Click IDs have the shape that
#: their receivers document.
TABLE = """
scaleo voluum
  https://trk.example/postback?cid={aff_click_id}&payout={payout}
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=12.5
scaleo voluum
  https://trk.example/postback?cid={aff_click_id}&payout={payout}&et=deposit
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=12.5&et=deposit
tune voluum
  https://trk.example/postback?cid={aff_sub}&payout={payout}&txid={transaction_id}
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=3.00&txid=1021f9b6
tune keitaro
  https://k.example/8a7f1c2/postback?subid={aff_sub}&status=lead&payout={payout}
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&status=lead&payout=3.00
tune redtrack
  https://r.example/postback?clickid={aff_sub}&sum={payout}&type=Purchase
  https://r.example/postback?clickid=w7k2m9x4q1c8&sum=3.00&type=Purchase
affise binom_v2
  https://b.example/click?cnv_id={sub1}&payout={sum}&cnv_status={status}
  https://b.example/click?cnv_id=w7k2m9x4q1c8&payout=12.50&cnv_status=1
affise keitaro
  https://k.example/8a7f1c2/postback?subid={sub1}&payout={sum}&status=sale&from=affise
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&payout=12.50&status=sale&from=affise
affise bemob
  https://m.example/postback?cid={sub2}&payout={sum}&txid={transactionid}
  https://m.example/postback?cid=Ab3Cd5Ef7Gh9Jk1Lm3Np5Q&payout=12.50&txid=5f2b3c4d5e6f7a8b
everflow voluum
  https://trk.example/postback?cid={sub1}&txid={transaction_id}
  https://trk.example/postback?cid=w7k2m9x4q1c8&txid=0d2f8a7c
everflow redtrack
  https://r.example/postback?clickid={sub1}&type=approved
  https://r.example/postback?clickid=w7k2m9x4q1c8&type=approved
everflow clickflare
  https://f.example/cf/cv?click_id={sub5}&txid={order_id}
  https://f.example/cf/cv?click_id=w7k2m9x4q1c8&txid=A-1001
cake voluum
  https://trk.example/postback?cid=#s2#&payout=#price#&txid=#tid#
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=2.50&txid=88123
cake cpvlab
  https://v.example/adclick?subid=#s1#&revenue=#price#
  https://v.example/adclick?subid=w7k2m9x4q1c8&revenue=2.50
clickdealer keitaro
  https://k.example/8a7f1c2/postback?subid=#s2#&payout=#price#&status=sale
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&payout=1.90&status=sale
advidi voluum
  https://trk.example/postback?cid=#s2#&txid=#tid#
  https://trk.example/postback?cid=w7k2m9x4q1c8&txid=731002
maxbounty binom_v1
  https://b.example/click.php?cnv_id=#S2#&payout=#RATE#
  https://b.example/click.php?cnv_id=w7k2m9x4q1c8&payout=7.00
zeydoo keitaro
  https://k.example/8a7f1c2/postback?subid={ymid}&payout={amount}&status=lead
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&payout=0.42&status=lead
lospollos binom_v2
  https://b.example/click?cnv_id={cid}&payout={sum}
  https://b.example/click?cnv_id=w7k2m9x4q1c8&payout=0.85
mobidea voluum
  https://trk.example/postback?cid={{EXTERNAL_ID}}&payout={{MONEY}}
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=0.31
admitad keitaro
  https://k.example/8a7f1c2/postback?subid=[[[subid]]]&payout=[[[payment_sum]]]&status=sale
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&payout=150.00&status=sale
adcombo keitaro
  https://k.example/8a7f1c2/postback?subid={subacc4}&payout={revenue}&status={status}&lead_status=hold&sale_status=confirmed&rejected_status=rejected,trash
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&payout=14.00&status=confirmed&lead_status=hold&sale_status=confirmed&rejected_status=rejected,trash
drcash keitaro
  https://k.example/8a7f1c2/postback?subid={sub1}&payout={payment}&status={status}
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&payout=14.00&status=approved
everad bemob
  https://m.example/postback?cid={sid5}&payout={payout}&status={status}
  https://m.example/postback?cid=Ab3Cd5Ef7Gh9Jk1Lm3Np5Q&payout=19.00&status=pending
leadbit peerclick
  https://pstb.peerclick.com/postback?cid={sub1}&payout={cost}&txid={id}&status={status}
  https://pstb.peerclick.com/postback?cid=w7k2m9x4q1c8&payout=11.00&txid=99120&status=confirm
terraleads redtrack
  https://r.example/postback?clickid={sub_id}&sum={payment}&type={status}
  https://r.example/postback?clickid=w7k2m9x4q1c8&sum=16.00&type=confirm
m4leads binom_v2
  https://b.example/click?cnv_id=[sub_id1]&payout=[price]&cnv_status=[status]
  https://b.example/click?cnv_id=w7k2m9x4q1c8&payout=9.00&cnv_status=confirm
trafficcake voluum
  https://trk.example/postback?cid=##CLICK_ID##&payout=##CPA_AMOUNT##
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=5.00
clickbank voluum
  https://trk.example/postback?cid={tid}&payout={affiliate_earnings}&txid={event_id}
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=21.37&txid=PQ7X2K
cpalead voluum
  https://trk.example/postback?cid={subid}&payout={payout}&txid={lead_id}
  https://trk.example/postback?cid=w7k2m9x4q1c8&payout=0.60&txid=4412009
swaarm voluum
  https://trk.example/postback?cid=#{click.publisher.clickId}&txid=#{id}
  https://trk.example/postback?cid=w7k2m9x4q1c8&txid=b2c44e
cpagetti keitaro
  https://k.example/8a7f1c2/postback?subid={sub1}&payout={money}&status={status}&tid={convid}
  https://k.example/8a7f1c2/postback?subid=w7k2m9x4q1c8&payout=600&status=wait&tid=81123
bemob propellerads
  http://ad.propellerads.example/conversion.php?aid=3344&pid=&tid=9912&visitor_id={externalId}&payout={payout}
  http://ad.propellerads.example/conversion.php?aid=3344&pid=&tid=9912&visitor_id=w7k2m9x4q1c8&payout=1.20
binom_v2 evadav
  https://evadav.com/phpb?click_id={externalid}&payout={payout}
  https://evadav.com/phpb?click_id=w7k2m9x4q1c8&payout=1.20
binom_v1 adxad
  http://conv.adxadserv.com/?clickid={externalid}&payout={payout}&type=goal1
  http://conv.adxadserv.com/?clickid=w7k2m9x4q1c8&payout=1.20&type=goal1
keitaro richads
  http://xml.auxml.com/log?action=conversion&key={external_id}&price={revenue}
  http://xml.auxml.com/log?action=conversion&key=w7k2m9x4q1c8&price=1.20
keitaro rollerads
  https://trk.roller.ad/conversion/aid/4471/5f1c2d?click_id={external_id}
  https://trk.roller.ad/conversion/aid/4471/5f1c2d?click_id=w7k2m9x4q1c8
keitaro kadam
  https://kdtrk.net/ru/postback/?data={external_id}&cost={revenue}&status=approved
  https://kdtrk.net/ru/postback/?data=w7k2m9x4q1c8&cost=1.20&status=approved
bemob galaksion
  http://postback.report/postback?cid=118812&click_id={externalId}
  http://postback.report/postback?cid=118812&click_id=w7k2m9x4q1c8
clickflare hilltopads
  https://postback.hilltopads.com/close/?token={externalid}&price=0.5&currency=USD&advertiserId=7718
  https://postback.hilltopads.com/close/?token=w7k2m9x4q1c8&price=0.5&currency=USD&advertiserId=7718
binom_v2 mgid
  https://a.mgid.com/postback?c={externalid}&e=lead&r={payout}
  https://a.mgid.com/postback?c=w7k2m9x4q1c8&e=lead&r=1.20
keitaro trafficstars
  https://tsyndicate.com/api/v1/cpa/action?clickid={external_id}&value={revenue}&key=GkQ1Zt8Wb2&goalid=1
  https://tsyndicate.com/api/v1/cpa/action?clickid=0a1b2c3d4e5f60718293a4b5c6d7e8f901234567&value=1.20&key=GkQ1Zt8Wb2&goalid=1
binom_v2 clickadilla
  https://tracking.clickadilla.com/in/postbacks/?token=Yx81kq20Vd77&campaign_id=&click_id={externalid}&payout={payout}
  https://tracking.clickadilla.com/in/postbacks/?token=Yx81kq20Vd77&campaign_id=&click_id=w7k2m9x4q1c8&payout=1.20
keitaro taboola
  https://trc.taboola.com/actions-handler/log/3/s2s-action?click-id={external_id}&name=purchase&revenue={revenue}&currency=USD
  https://trc.taboola.com/actions-handler/log/3/s2s-action?click-id=GiBaZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9aZ3k9&name=purchase&revenue=1.20&currency=USD
bemob outbrain
  https://tr.outbrain.com/unifiedPixel?ob_click_id={externalId}&name=lead&orderValue={payout}&currency=USD
  https://tr.outbrain.com/unifiedPixel?ob_click_id=w7k2m9x4q1c8&name=lead&orderValue=1.20&currency=USD
clickflare mondiad
  https://postback.mondiad.com/track?uid=55120&clickid={externalid}&payout=1
  https://postback.mondiad.com/track?uid=55120&clickid=w7k2m9x4q1c8&payout=1
- affise
  https://offers-net.affise.com/postback?clickid={clickid}&action_id={order}&goal=2&sum={sum}&status=1
  https://offers-net.affise.com/postback?clickid=5f2b3c4d5e6f7a8b9c0d1e2f&action_id=A-77&goal=2&sum=12.50&status=1
voluum everflow
  https://www.net.example/?nid=771&transaction_id={externalid}&amount={payout}
  https://www.net.example/?nid=771&transaction_id=0d2f8a7c4b1e4f7a9c3d5e6f7a8b9c0d&amount=12.50
- tune
  https://net.go2cloud.org/aff_lsr?offer_id=44&transaction_id={transaction_id}
  https://net.go2cloud.org/aff_lsr?offer_id=44&transaction_id=w7k2m9x4q1c8
- scaleo
  https://net.scaletrk.com/track/conv?click_id={click_id}&token=a81fe0c2c7&goal_id=3&payout={payout}
  https://net.scaletrk.com/track/conv?click_id=w7k2m9x4q1c8&token=a81fe0c2c7&goal_id=3&payout=12.50
- -
  https://trk.example/p/{{click.id}}/done?ts={ts}
  https://trk.example/p/w7k2m9x4q1c8/done?ts=1767225600
- -
  https://trk.example/p?cid=%%click_id%%&sum=%%amount%%
  https://trk.example/p?cid=w7k2m9x4q1c8&sum=1
- -
  https://trk.example/p?cid=__CLICKID__&n=Новый_год
  https://trk.example/p?cid=w7k2m9x4q1c8&n=%D0%9D%D0%BE%D0%B2%D1%8B%D0%B9_%D0%B3%D0%BE%D0%B4
"""
_WORDS = ["" if word == "-" else word for word in TABLE.split()]
PAIRS = list(zip(*(_WORDS[first::4] for first in range(4)), strict=True))
NAMES = [f"{sender or '-'} to {receiver or '-'}, {at}" for at, (sender, receiver, _, _) in enumerate(PAIRS)]
#: What senders add by themselves.
ADDED = {
    "nothing": "",
    "sub IDs": "&sub1=push&sub2=fb_12&aff_sub5=zone9",
    "a cache buster": "&cb=1767225600123&rnd=0.8812",
    "a token of its own": "&token_v2=9f8e7d6c5b4a&sig=0c2a8f",
    "a time and an address": "&ts=1767225600&ip=198.51.100.7&geo=DE",
    "its own numbers": "&offer_id=4411&affiliate_id=12&campaign=winter",
}


def alarms(sender: str, receiver: str, template: str, sent: str) -> list[tuple[str, str]]:
    case = checks.example(sender=sender, receiver=receiver, template=template, sent_request=sent).case
    found = checks.findings_of("template", case)
    return [(item.code, item.where) for item in found if item.level in (Level.WARN, Level.BAD)]


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_a_pair_that_works_raises_no_alarm(pair: tuple[str, str, str, str]) -> None:
    assert alarms(*pair) == []


@pytest.mark.parametrize("added", ADDED)
def test_what_a_sender_adds_of_its_own_raises_no_alarm(added: str) -> None:
    wrong = [
        (told, sent)
        for sender, receiver, template, sent in PAIRS
        if (told := alarms(sender, receiver, template, sent + (ADDED[added] if "?" in sent else "")))
    ]
    assert wrong == []


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_a_template_that_works_raises_no_alarm_alone(pair: tuple[str, str, str, str]) -> None:
    assert alarms(pair[0], pair[1], pair[2], "") == []
