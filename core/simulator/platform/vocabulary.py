"""Metrics and dimensions of the analytics: the words that a question may use.

Most of them have no figures at this tenant, as at any one: they are accepted and stay silent.
"""

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


METRICS: Final = _words(
    """
    nAgentDeclined nAlertExpired nBlindTransferred nBotInteractions nCallbackAttempts
    nCallbackOverSla nCallbackScheduled nCfcOffered nCobrowseSessions nConnected nConsult
    nConsultTransferred nConversations nError nOffered nOutbound nOutboundAbandoned
    nOutboundAttempted nOutboundConnected nOverSla nStateTransitionError nTakeover nTransferred
    oAudioMessageCount oCallbackServiceLevel oExternalAudioMessageCount oExternalMediaCount
    oMediaCount oMessageCount oMessageSegmentCount oMessageTurn oServiceLevel oServiceTarget
    oSkillExpressionApplications tAbandon tAcd tActiveCallback tActiveCallbackComplete tAcw
    tAgentResponseTime tAgentVideoConnected tAlert tAnswered tAverageAgentResponseTime
    tAverageCustomerResponseTime tBarging tCallbackAbandon tCallbackConnect tCallbackNotReached
    tCallbackVirtualWait tCfcAbandon tCfcAcd tCfcAnswered tCfcFlowOut tCoaching
    tCoachingComplete tConnected tContacting tDialing tFirstConnect tFirstDial tFirstEngagement
    tFirstResponse tFlowOut tHandle tHeld tHeldComplete tIvr tMonitoring tMonitoringComplete
    tNotResponding tPark tParkComplete tScreenMonitoring tShortAbandon tSnippetRecord tTalk
    tTalkComplete tTransmitting tUserResponseTime tVoicemail tWait
    """
)
"""Metrics of conversations, by interval."""

UNSORTABLE: Final = ("oCallbackServiceLevel", "oServiceLevel", "tShortAbandon", "tWait")
"""Metrics that a ranking cannot go by."""

DIMENSIONS: Final = _words(
    """
    activeRouting activeSkillId addressFrom addressTo agentAssistantId agentBullseyeRing
    agentOwned agentRank agentScore ani assignerId authenticated canonicalExternalContactId
    conversationId conversationInitiator convertedFrom convertedTo customerParticipation
    deliveryStatus destinationAddress direction disconnectType divisionId dnis edgeId
    eligibleAgentCount errorCode extendedDeliveryStatus externalContactId externalMediaCount
    externalOrganizationId externalTag firstQueue flaggedReason flowInType flowOutType groupId
    interactionType journeyActionId journeyActionMapId journeyActionMapVersion journeyCustomerId
    journeyCustomerIdType journeyCustomerSessionId journeyCustomerSessionIdType knowledgeBaseId
    mediaCount mediaType messageType originatingDirection originatingSocialMediaPublic
    outboundCampaignId outboundContactId outboundContactListId participantName peerId
    proposedAgentId provider purpose queueId remote removedSkillId requestedLanguageId
    requestedRouting requestedRoutingSkillId roomId routingPriority routingRing routingRule
    routingRuleType scoredAgentId selectedAgentId selectedAgentRank selfServed sessionDnis
    sessionId skillExpressionId stationId teamId usedRouting userId videoPresent
    waitingInteractionCount wrapUpCode
    """
)
"""What conversations can be told apart by."""

OBSERVATIONS: Final = _words(
    """
    oActiveUsers oAlerting oInteracting oMemberUsers oOffQueueUsers oOnQueueUsers oUserPresences
    oUserRoutingStatuses oWaiting
    """
)
"""Metrics of a queue at this moment."""
