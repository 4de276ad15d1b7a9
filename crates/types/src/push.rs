//! What a push service shows for a message whose receiver is offline.

use crate::enums::enums;
use crate::object::object;

object! {
    /// OfflinePushConfig.
    pub struct OfflinePushConfig in "TIMOfflinePushManager.h" {
        /// Offline_push_config_desc.
        desc: String = "offline_push_config_desc" kTIMOfflinePushConfigDesc;
        /// Offline_push_config_ext.
        ext: String = "offline_push_config_ext" kTIMOfflinePushConfigExt;
        /// Default 0 (push allowed).
        flag: u32 = "offline_push_config_flag" kTIMOfflinePushConfigFlag;
        /// Offline_push_config_ios_config.
        ios_config: IOSOfflinePushConfig = "offline_push_config_ios_config" kTIMOfflinePushConfigIOSConfig;
        /// Offline_push_config_android_config.
        android_config: AndroidOfflinePushConfig = "offline_push_config_android_config" kTIMOfflinePushConfigAndroidConfig;
    }
}

object! {
    /// IOSOfflinePushConfig.
    pub struct IOSOfflinePushConfig in "TIMOfflinePushManager.h" {
        /// Ios_offline_push_config_title.
        title: String = "ios_offline_push_config_title" kTIMIOSOfflinePushConfigTitle;
        /// Special values push.no_sound and default.
        sound: String = "ios_offline_push_config_sound" kTIMIOSOfflinePushConfigSound;
        /// Ios_offline_push_config_ignore_badge.
        ignore_badge: bool = "ios_offline_push_config_ignore_badge" kTIMIOSOfflinePushConfigIgnoreBadge;
        /// Default APNS.
        push_type: u32 = "ios_offline_push_config_push_type" kTIMIOSOfflinePushConfigPushType;
        /// Https only; max 10 MB.
        image: String = "ios_offline_push_config_image" kTIMIOSOfflinePushConfigImage;
    }
}

object! {
    /// AndroidOfflinePushConfig.
    pub struct AndroidOfflinePushConfig in "TIMOfflinePushManager.h" {
        /// Android_offline_push_config_title.
        title: String = "android_offline_push_config_title" kTIMAndroidOfflinePushConfigTitle;
        /// Android_offline_push_config_sound.
        sound: String = "android_offline_push_config_sound" kTIMAndroidOfflinePushConfigSound;
        /// Android_offline_push_config_notify_mode.
        notify_mode: u32 = "android_offline_push_config_notify_mode" kTIMAndroidOfflinePushConfigNotifyMode;
        /// Android_offline_push_config_vivo_classification.
        vivo_classification: u32 = "android_offline_push_config_vivo_classification" kTIMAndroidOfflinePushConfigVIVOClassification;
        /// Android_offline_push_config_vivo_category.
        vivo_category: String = "android_offline_push_config_vivo_category" kTIMAndroidOfflinePushConfigVIVOCategory;
        /// Android_offline_push_config_oppo_channel_id.
        oppo_channel_id: String = "android_offline_push_config_oppo_channel_id" kTIMAndroidOfflinePushConfigOPPOChannelID;
        /// Android_offline_push_config_xiaomi_channel_id.
        xiaomi_channel_id: String = "android_offline_push_config_xiaomi_channel_id" kTIMAndroidOfflinePushConfigXiaoMiChannelID;
        /// Android_offline_push_config_fcm_channel_id.
        fcm_channel_id: String = "android_offline_push_config_fcm_channel_id" kTIMAndroidOfflinePushConfigFCMChannelID;
        /// Android_offline_push_config_huawei_category.
        huawei_category: String = "android_offline_push_config_huawei_category" kTIMAndroidOfflinePushConfigHuaWeiCategory;
        /// Https only; under 512 KB.
        huawei_image: String = "android_offline_push_config_huawei_image" kTIMAndroidOfflinePushConfigHuaWeiImage;
        /// Https only; under 100 KB.
        honor_image: String = "android_offline_push_config_honor_image" kTIMAndroidOfflinePushConfigHonorImage;
        /// Https only; under 1 MB.
        fcm_image: String = "android_offline_push_config_fcm_image" kTIMAndroidOfflinePushConfigFCMImage;
    }
}

enums! {
    /// TIMOfflinePushFlag.
    pub enum OfflinePushFlag: TIMOfflinePushFlag in "TIMOfflinePushManager.h" {
        /// kTIMOfflinePushFlag_Default.
        Default = 0, kTIMOfflinePushFlag_Default;
        /// kTIMOfflinePushFlag_NoPush.
        NoPush = 1, kTIMOfflinePushFlag_NoPush;
    }

    /// TIMAndroidOfflinePushNotifyMode.
    pub enum AndroidOfflinePushNotifyMode: TIMAndroidOfflinePushNotifyMode in "TIMOfflinePushManager.h" {
        /// kTIMAndroidOfflinePushNotifyMode_Normal.
        Normal = 0, kTIMAndroidOfflinePushNotifyMode_Normal;
        /// kTIMAndroidOfflinePushNotifyMode_Custom.
        Custom = 1, kTIMAndroidOfflinePushNotifyMode_Custom;
    }

    /// TIMIOSOfflinePushType.
    pub enum IosOfflinePushType: TIMIOSOfflinePushType in "TIMOfflinePushManager.h" {
        /// TIMIOSOfflinePushType_APNS.
        Apns = 0, TIMIOSOfflinePushType_APNS;
        /// TIMIOSOfflinePushType_VOIP.
        Voip = 1, TIMIOSOfflinePushType_VOIP;
    }
}
