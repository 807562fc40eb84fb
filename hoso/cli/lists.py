"""Where other commands still look for what `hoso.cli.options` holds."""

from hoso.cli.options import CampaignKey, Which, campaign_of

__all__ = ["CampaignKey", "Which", "campaign_of"]
